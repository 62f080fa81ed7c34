// From layers and slots, which layout.py gives, to pixels: layers run right to left on a wide
// screen, bottom to top on a narrow one.

import { words } from "../frame.js";
import { NONFINITE_SHORT } from "../matrix.js";

export const SMALLEST = 13; // px, of any text in the picture
export const TIGHTEST = 12 / 13; // the scale that a graph may be drawn at to be seen whole
export const HEAD = 14; // of a box's first row
export const SIGN = 18; // of a leaf beside its name, with the gap
export const LINE = 18; // from one row of a box to the next
export const ROW = 15; // and of a gradient's numbers
// Between two layers; closer, and at last with narrow boxes, where all of them then have room.
const [CLOSEST, CLOSE, GAP] = [14, 40, 48];
const [BROAD, USUAL, NARROW] = [20, 14, 11]; // characters to a row of a class name
const SHORT = 10; // the same for a graph that is projected, in large type
const INSIDE = 28; // between two boxes of an open fold
const BORDER = 14; // of an open fold, around its boxes; above and below there is a row of text, too
const PORT = 24; // between two links on one side of a box
const FULL = 12; // links on the side of a box that is as large as can be: more stand closer
const LABELLED = 8; // boxes of a graph that may show all its gradients at once

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

function sizeOf(box, chars) {
  const head = [box.variable, box.shape].filter(Boolean).join(" ");
  const rows = box.kind === "operation" || box.kind === "leaf" ? wrapped(box.name, chars) : [box.name];
  const mark = markOf(box);
  const told = toldOf(box);
  const tight = box.kind === "none" && !told.length;
  const small = [...rows, box.undrawn ?? "", mark, ...told].map((row) => breadthOf(row));
  const count = rows.length + told.length + [head, box.undrawn, mark].filter(Boolean).length;
  return {
    head,
    rows,
    mark,
    told,
    wide: Math.ceil(Math.max(breadthOf(head, HEAD) + (box.kind === "leaf" ? SIGN : 0), ...small)) + (tight ? 12 : 20),
    high: count * LINE + (tight ? 4 : 12),
  };
}

/**
 * The boxes and links to draw, each with its place: what an open fold holds stands in it.
 *
 * open  the ids of the folds that are
 * room  for all layers side by side; where there is enough, a small graph shows its gradients
 */
export function place(data, upright, open, room) {
  const usual = arranged(data, upright, open, room, upright ? BROAD : USUAL, CLOSE);
  if (data.present && !upright) {
    // In large type there is room for few layers: rows of one word each make boxes narrow.
    return usual.width <= room ? usual : arranged(data, upright, open, room, SHORT, CLOSEST);
  }
  // Wide boxes make a small graph less high.
  const wide = !upright && data.boxes.length <= LABELLED ? arranged(data, upright, open, room, BROAD, CLOSE) : null;
  if (wide && wide.labelled && wide.width <= room) return wide;
  if (usual.width <= room) return usual;
  const narrow = arranged(data, upright, open, room, NARROW, CLOSEST);
  return upright || narrow.width * TIGHTEST <= room ? narrow : usual;
}

function arranged(data, upright, open, room, chars, closest) {
  const along = upright ? "high" : "wide"; // the direction in which layers follow each other
  const across = upright ? "wide" : "high";
  const inner = data.boxes.map((box) => (open.has(box.id) ? box.boxes.map((held) => sizeOf(held, chars)) : null));
  const sizes = data.boxes.map((box, i) => {
    const size = sizeOf(box, chars);
    if (!inner[i]) return size;
    const sum = inner[i].reduce((all, held) => all + held[along] + INSIDE, 2 * BORDER - INSIDE);
    const most = Math.max(...inner[i].map((held) => held[across])) + 2 * (BORDER + LINE);
    return { ...size, [along]: Math.max(sum, size[along]), [across]: Math.max(most, size[across]) };
  });
  const ports = portsOf(data);
  sizes.forEach((size, i) => (size[across] = Math.max(size[across], Math.min(ports.most[i], FULL) * PORT)));
  const depth = Math.max(...data.boxes.map((box) => box.layer)) + 1;
  const thickness = Array.from({ length: depth }, (_, layer) =>
    Math.max(...sizes.filter((_, i) => data.boxes[i].layer === layer).map((size) => size[along])),
  );
  const thick = thickness.reduce((all, own) => all + own, 16);
  const numbers = Math.max(0, ...data.links.flatMap(labelOf).map((row) => breadthOf(row)));
  const wider = Math.max(GAP, numbers + 28);
  const labelled = !upright && data.boxes.length <= LABELLED && thick + (depth - 1) * wider <= room;
  const gap = labelled ? wider : Math.max(closest, Math.min(GAP, (room - thick) / (depth - 1)));
  const between = upright ? 10 : 16;
  const breadths = sizes.map((size) => size[across]);
  const pitch = crowding(data, breadths, between);
  const middles = [];
  let at = 8;
  for (let layer = depth - 1; layer >= 0; layer--) {
    middles[layer] = at + thickness[layer] / 2;
    at += thickness[layer] + gap;
  }
  const slots = [...data.boxes.map((box) => box.slot), ...data.links.flatMap((link) => link.bends)];
  // A large box may need more than its slot at the edges of the picture, too.
  const reach = (side) =>
    Math.max(...data.boxes.map((box, i) => (breadths[i] + between) / 2 + side * box.slot * pitch));
  const lead = Math.max(pitch / 2, reach(-1));
  const breadth = lead + Math.max((Math.max(...slots) + 0.5) * pitch, reach(1));
  const point = (layer, slot, ahead = 0) => {
    const [side, way] = [lead + slot * pitch, middles[layer] + ahead * thickness[layer]];
    return upright ? [side, way] : [way, side];
  };
  const boxes = data.boxes.map((box, i) => {
    const [x, y] = point(box.layer, box.slot);
    return { box, at: { ...sizes[i], x, y, open: inner[i] !== null } };
  });
  // The first and the last box of each: of an open fold those in it, otherwise itself.
  const ends = data.boxes.map((_, i) => [i, i]);
  const held = [];
  data.boxes.forEach((box, i) => {
    if (!inner[i]) return;
    const { at: around } = boxes[i];
    const axis = upright ? "y" : "x";
    let side = around[axis] + around[along] / 2 - BORDER;
    const first = boxes.length;
    inner[i].forEach((size, k) => {
      const middle = side - size[along] / 2;
      side -= size[along] + INSIDE;
      boxes.push({ box: { ...box.boxes[k], layer: box.layer, slot: box.slot }, at: { ...size, x: around.x, y: around.y, [axis]: middle } });
      if (k) held.push({ ...box.links[k - 1], source: first + k - 1, target: first + k, bends: [] });
    });
    ends[i] = [first, boxes.length - 1];
  });
  // Where a link leaves or enters: the box's side that faces the other end, at the link's port.
  const end = (i, side, shift = 0) => {
    const { at: box } = boxes[i];
    return upright ? [box.x + shift, box.y + (side * box.high) / 2] : [box.x + (side * box.wide) / 2, box.y + shift];
  };
  const shiftOf = (i, port) => port * PORT * Math.min(1, FULL / ports.most[i]);
  const links = data.links.map((link, k) => {
    const [source, target] = [ends[link.source][1], ends[link.target][0]];
    const route = [
      end(source, -1, shiftOf(link.source, ports.leaving[k])),
      // Straight past the boxes of a layer: a line that bent there would run into their corners.
      ...link.bends.flatMap((slot, i) => [0.5, -0.5].map((ahead) => point(data.boxes[link.source].layer + 1 + i, slot, ahead))),
      end(target, 1, shiftOf(link.target, ports.entering[k])),
    ];
    const above = ports.entering[k] < 0 || ports.leaving[k] < 0;
    return { link: { ...link, source, target }, route, label: labelAt(link, route, upright, above) };
  });
  for (const link of held) {
    const route = [end(link.source, -1), end(link.target, 1)];
    links.push({ link, route, label: labelAt(link, route, upright, false) });
  }
  const length = at - gap + 8;
  const [width, height] = upright ? [breadth, length] : [length, breadth];
  return { labelled, width, ...withRoom(boxes, links, height) };
}

// Numbers stand on the middle of a line that runs upright, and otherwise beside all of it: above
// the first of several lines that meet at a box, and below the others.
function labelAt(link, route, upright, above) {
  const rows = labelOf(link);
  const at = Math.floor((route.length - 1) / 2);
  const [[ax, ay], [bx, by]] = route.slice(at, at + 2);
  const high = rows.length * ROW + 2;
  const middle = (ay + by) / 2;
  const top = upright ? middle - high / 2 : above ? Math.min(ay, by) - 4 - high : Math.max(ay, by) + 4;
  return { rows, x: (ax + bx) / 2, top, middle };
}

// The labels of the outermost lines may reach out of the picture, which then grows.
function withRoom(boxes, links, height) {
  const labels = links.map(({ label }) => label);
  const up = Math.max(0, ...labels.map(({ top }) => 2 - top));
  const down = Math.max(0, ...labels.map(({ top, rows }) => top + rows.length * ROW + 4 - height));
  return {
    boxes: boxes.map(({ box, at }) => ({ box, at: { ...at, y: at.y + up } })),
    links: links.map(({ link, route, label }) => ({
      link,
      route: route.map(([x, y]) => [x, y + up]),
      label: { ...label, top: label.top + up, middle: label.middle + up },
    })),
    height: height + up + down,
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
  let most = PORT;
  for (const row of layers) {
    row.sort(([one], [two]) => one - two);
    for (let i = 1; i < row.length; i++) {
      const [[before, one], [after, two]] = [row[i - 1], row[i]];
      // Boxes that say None may stand closer than 1; the numbers sent are rounded.
      const distance = Math.max(one && two ? 0.7 : 1, after - before + 0.001);
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
