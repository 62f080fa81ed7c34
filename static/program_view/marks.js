// Beside a line: that a number on it is no number any more, or that this began there.

import { el } from "../elements.js";
import { words } from "../frame.js";
import { NONFINITE_SHORT } from "../matrix.js";

export function markOf({ kind, starts, title }) {
  const text = starts ? words()[`${kind}_starts`] : NONFINITE_SHORT[kind];
  return el("span", { class: "nonfinite", role: "img", "aria-label": title, title }, text);
}
