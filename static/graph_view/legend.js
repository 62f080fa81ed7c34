// What the shapes, lines and marks in a graph mean: of those that are there.

import { el } from "../elements.js";
import { icon } from "../icons.js";
import { meaning } from "../matrix.js";

/**
 * @param {any} data
 * @param {boolean} labelled  whether all gradients are shown
 * @param {boolean} upright
 */
export function legendOf({ boxes, links, labels, path, tree }, labelled, upright) {
  const [on, back] = upright ? ["↓", "↑"] : ["→", "←"];
  const item = (kind, sign, ...words) => el("li", {}, el("span", { class: kind }, sign), ...words);
  const items = [
    ...["operation", "leaf", "no_gradient"].map((kind) =>
      item(`key ${kind}`, "", ...(kind === "leaf" ? [icon("leaf")] : []), labels[kind])),
    item("way", on, labels.forward),
    item("way back", back, labelled ? labels.backward : labels.backward_hidden),
  ];
  if (path?.behind.length) items.push(item("way behind", upright ? "⇡" : "⇠", labels.behind));
  if (tree || boxes.some((box) => box.boxes)) {
    items.push(item("key fold", "", tree ? labels.box_opens : labels.fold_opens));
  }
  if (boxes.some((box) => box.bar)) items.push(item("key bar", "", labels.bar_means));
  const odd = new Set([...boxes, ...links].flatMap(({ nonfinite, starts }) => [nonfinite, starts]));
  for (const kind of ["nan", "inf"]) if (odd.has(kind)) items.push(el("li", {}, meaning(kind)));
  return items;
}
