// What the editor offers to complete. It stands on the page once, apart from the editor, because
// it is as large as all the rest of the page together and stays as it is.

import { viewOf } from "../life.js";

/** @type {Record<string, string[]>} */
let known = {};

export default function ({ data, parentElement }) {
  viewOf(parentElement, () => ({}));
  known = Object.fromEntries(Object.entries(data).map(([owner, names]) => [owner, names.split(" ")]));
}

/** The names that a program can reach, by the path before them: "torch.nn" → "Linear", …. */
export function names() {
  return known;
}
