// Small line drawings that stand beside a word, as components/icons.py has them.

import { svg } from "./elements.js";
import { icons } from "./frame.js";

/** @param {string} name */
export function icon(name) {
  return svg("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: icons()[name] }));
}
