// How large the texts of a graph are, and what stands in its boxes and on its lines.

import { words } from "../frame.js";
import { NONFINITE_SHORT } from "../matrix.js";

export const SMALLEST = 13; // px, of any text in the picture
export const TIGHTEST = 12 / 13; // the scale that a graph may be drawn at to be seen whole
export const HEAD = 14; // of a box's first row
export const SIGN = 18; // of a leaf beside its name, with the gap
export const LINE = 18; // from one row of a box to the next
export const ROW = 15; // and of a gradient's numbers
export const BAR = 12; // of the row that the bar of a gradient takes, and
export const STRIP = 26; // of that with the bars of several turns
const BARS = 96; // px that those take at least

// A class name is broken before capitals, into rows of at most so many characters; the USUAL ones
// are those of AccumulateGrad.
function wrapped(name, most) {
  const rows = [""];
  for (const word of name.match(/[A-Z]+[a-z]*[0-9]*|[^A-Z]+/g) ?? [name]) {
    const last = rows[rows.length - 1];
    if (last && last.length + word.length > most) rows.push(word);
    else rows[rows.length - 1] += word;
  }
  return rows;
}

// What a box says of numbers that are not finite: that they reached it, or that they start here.
export function markOf({ nonfinite, starts }) {
  return starts ? words()[`${starts}_starts`] : (NONFINITE_SHORT[nonfinite] ?? "");
}

// What the diagnosis says of a box, in rows; the sign says whether it is a mistake.
export function toldOf({ told = [], alarm }) {
  return told.map((row, i) => (i ? row : `${alarm ? "✗" : "•"} ${row}`));
}

// The size of the gradient that comes into a box of several nodes, and how much of it is 0.
function sizeTold({ kind, bar }) {
  if (kind !== "fold" || !bar) return "";
  const zeros = bar.zeros >= 0.005 ? `, 0: ${Math.round(bar.zeros * 100)} %` : "";
  return `‖g‖ ${bar.nonfinite ? NONFINITE_SHORT[bar.nonfinite] : bar.norm}${zeros}`;
}

// The breadth of a text in the monospace face; Japanese letters are as wide as they are high.
export function breadthOf(text, size = SMALLEST) {
  return [...text].reduce((wide, letter) => wide + (letter > "\u2e7f" ? size : size * 0.608), 0);
}

// The numbers of a link, in rows that are short enough to stand between two layers.
export function labelOf({ gradient }) {
  if (!gradient) return [];
  if (gradient.includes(" ‖g‖ ")) return gradient.split(/ (?=‖g‖)/);
  return gradient.length > 12 ? gradient.split(", ") : [gradient];
}

/** The rows of a box, and how large it is. */
export function sizeOf(box, chars) {
  const head = box.title ?? [box.variable, box.shape].filter(Boolean).join(" ");
  const isNode = box.kind === "operation" || box.kind === "leaf";
  const rows = isNode ? wrapped(box.name, chars) : [box.name, box.held, sizeTold(box)].filter(Boolean);
  const mark = markOf(box);
  const told = toldOf(box);
  const tight = box.kind === "none" && !told.length;
  const small = [...rows, mark, ...told].map((row) => breadthOf(row));
  const count = rows.length + told.length + [head, mark].filter(Boolean).length;
  const strip = box.turns?.bars.length ? STRIP : 0;
  return {
    head,
    rows,
    mark,
    told,
    wide: Math.ceil(Math.max(strip && BARS, breadthOf(head, HEAD) + (box.kind === "leaf" ? SIGN : 0), ...small)) + (tight ? 12 : 20),
    high: count * LINE + (tight ? 4 : 12) + (strip || (box.bar ? BAR : 0)),
  };
}
