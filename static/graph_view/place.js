// From layers and slots, which layout.py gives, to pixels: layers run right to left on a wide
// screen, bottom to top on a narrow one.

import { words } from "../frame.js";
import { NONFINITE_SHORT } from "../matrix.js";

const CHAR = 7.3; // width of a character of the 12px monospace face
export const SMALL_CHAR = 6.7; // and of the 11px one
export const LINE = 16;
const PORT = 28; // between two links on one side of a box
const ROOMY = 4; // links on one side of a box that all slots leave room for
const FULL = 12; // and on the side of a box that is as large as can be: more of them stand closer

// A class name is broken before capitals, into lines of at most `most` characters.
function wrapped(name, most) {
  const rows = [""];
  for (const word of name.match(/[A-Z]+[a-z]*[0-9]*|[^A-Z]+/g) ?? [name]) {
    const last = rows[rows.length - 1];
    if (last && last.length + word.length > most) rows.push(word);
    else rows[rows.length - 1] += word;
  }
  return rows;
}

function textOf(box, upright) {
  if (box.kind === "none") return { head: "", rows: ["None"], mark: "" };
  const head = [box.variable, box.shape].filter(Boolean).join(" ");
  return { head, rows: wrapped(box.name, upright ? 16 : 20), mark: markOf(box) };
}

// What a box says of numbers that are not finite: that they reached it, or that they start here.
export function markOf({ nonfinite, starts }) {
  return starts ? words()[`${starts}_starts`] : (NONFINITE_SHORT[nonfinite] ?? "");
}

// The room that a mark takes; Japanese letters are as wide as they are high.
export function wideOf(mark) {
  return [...mark].reduce((wide, letter) => wide + (letter > "\u2e7f" ? 12 : CHAR), 10);
}

export function place(data, upright) {
  const sizes = data.boxes.map((box) => {
    const text = textOf(box, upright);
    const rows = [text.head, ...text.rows, box.undrawn, text.mark].filter(Boolean);
    const none = box.kind === "none";
    return {
      ...text,
      wide: Math.ceil(Math.max(wideOf(text.mark) - 10, ...rows.map((row) => row.length * CHAR))) + (none ? 12 : 24),
      high: rows.length * LINE + (none ? 6 : 16),
    };
  });
  const along = upright ? "high" : "wide"; // the direction in which layers follow each other
  const across = upright ? "wide" : "high";
  const ports = portsOf(data);
  const usual = sizes.map((size, i) => Math.max(size[across], Math.min(ports.most[i], ROOMY) * PORT));
  sizes.forEach((size, i) => (size[across] = Math.max(size[across], Math.min(ports.most[i], FULL) * PORT)));
  const depth = Math.max(...data.boxes.map((box) => box.layer)) + 1;
  const thickness = Array.from({ length: depth }, (_, layer) =>
    Math.max(...sizes.filter((_, i) => data.boxes[i].layer === layer).map((size) => size[along])),
  );
  const widest = Math.max(...data.links.map((link) => (link.gradient ?? "").length)) * SMALL_CHAR;
  const gap = upright ? 50 : Math.max(64, widest + 40);
  const between = upright ? 10 : 16;
  const breadths = sizes.map((size) => size[across]);
  const pitch = Math.max(Math.max(...usual) + between, crowding(data, breadths, between));
  const middles = [];
  let at = 8;
  for (let layer = depth - 1; layer >= 0; layer--) {
    middles[layer] = at + thickness[layer] / 2;
    at += thickness[layer] + gap;
  }
  const length = at - gap + 8;
  const slots = [...data.boxes.map((box) => box.slot), ...data.links.flatMap((link) => link.bends)];
  // A large box may need more than its slot at the edges of the picture, too.
  const reach = (side) =>
    Math.max(...data.boxes.map((box, i) => (breadths[i] + between) / 2 + side * box.slot * pitch));
  const lead = Math.max(pitch / 2, reach(-1));
  const breadth = lead + Math.max((Math.max(...slots) + 0.5) * pitch, reach(1));
  const point = (layer, slot) => {
    const side = lead + slot * pitch;
    return upright ? [side, middles[layer]] : [middles[layer], side];
  };
  const boxes = data.boxes.map((box, i) => {
    const [x, y] = point(box.layer, box.slot);
    return { ...sizes[i], x, y };
  });
  // Where a link leaves or enters: the box's side that faces the other end, at the link's port.
  const end = (i, side, port) => {
    const box = boxes[i];
    const shift = port * PORT * Math.min(1, FULL / ports.most[i]);
    return upright
      ? [box.x + shift, box.y + (side * box.high) / 2]
      : [box.x + (side * box.wide) / 2, box.y + shift];
  };
  const routes = data.links.map((link, k) => [
    end(link.source, -1, ports.leaving[k]),
    ...link.bends.map((slot, i) => point(data.boxes[link.source].layer + 1 + i, slot)),
    end(link.target, 1, ports.entering[k]),
  ]);
  return {
    boxes,
    routes,
    width: upright ? breadth : length,
    height: upright ? length : breadth,
  };
}

// What one slot has to measure so that no box touches its neighbours. A box with many links is
// large, but in most layers it stands alone: boxes elsewhere need not be as far apart.
function crowding(data, breadths, between) {
  const layers = [];
  data.boxes.forEach((box, i) => (layers[box.layer] ??= []).push([box.slot, breadths[i]]));
  for (const link of data.links) {
    link.bends.forEach((slot, i) => layers[data.boxes[link.source].layer + 1 + i]?.push([slot, 0]));
  }
  let most = 0;
  for (const row of layers) {
    row.sort(([one], [two]) => one - two);
    for (let i = 1; i < row.length; i++) {
      const [[before, one], [after, two]] = [row[i - 1], row[i]];
      const distance = Math.max(1, after - before); // the numbers sent are rounded
      if (one + two > 0) most = Math.max(most, ((one + two) / 2 + between) / distance);
    }
  }
  return most;
}

// Several links on one side of a box share it, in the order of where they come from.
function portsOf(data) {
  const most = data.boxes.map(() => 1);
  const share = (own, far) => {
    const places = data.links.map(() => 0);
    data.boxes.forEach((_, i) => {
      const here = data.links.map((link, k) => [link, k]).filter(([link]) => link[own] === i);
      here.sort(([one], [two]) => far(one) - far(two));
      here.forEach(([, k], n) => (places[k] = n - (here.length - 1) / 2));
      most[i] = Math.max(most[i], here.length);
    });
    return places;
  };
  return {
    leaving: share("source", (link) => link.bends.at(0) ?? data.boxes[link.target].slot),
    entering: share("target", (link) => link.bends.at(-1) ?? data.boxes[link.source].slot),
    most,
  };
}
