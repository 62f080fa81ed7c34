// From layers and slots, which layout.py gives, to pixels: layers run right to left on a wide
// screen, bottom to top on a narrow one. What an open box holds is placed first, and then the box.

import { labelAt, movedAside, withRoom } from "./labels.js";
import { crowding, FULL, PORT, portsOf, stretched } from "./lanes.js";
import { breadthOf, HEAD, labelOf, sizeOf, TIGHTEST } from "./measure.js";

// Between two layers; closer, and at last with narrow boxes, where all of them then have room.
const [CLOSEST, CLOSE, GAP] = [14, 40, 48];
const [BROAD, USUAL, NARROW] = [20, 14, 11]; // characters to a row of a class name
const SHORT = 10; // the same for a graph that is projected, in large type
const INSIDE = 28; // between two layers of an open box
const BORDER = 14; // of an open box, around those in it, where no line leads through its border
const [HEADER, TALL] = [30, 44]; // of its first row: with a mouse, and with a finger
export const DIAL = 44; // of the row below that says which turn is shown
const SLIDER = 112; // px of a dial, with the gaps around it
const LABELLED = 8; // boxes of a graph that may show all its gradients at once
const NOWHERE = { head: "", rows: [], mark: "", told: [], wide: 0, high: 0 };

/**
 * The boxes and links to draw, each with its place: what an open box holds stands in it.
 *
 * @param {any} data
 * @param {boolean} upright
 * @param {(box: any) => any} inside  what is drawn in a box, if it is open
 * @param {string} dial  what the slider of an open box is called that says which turn is shown
 * @param {number} room  for all layers side by side; where there is enough, a small graph shows its gradients
 */
export function place(data, upright, inside, dial, room) {
  const tried = (chars, closest) => flattened(arranged(data, { upright, inside, dial, room, chars, closest }));
  const usual = tried(upright ? BROAD : USUAL, CLOSE);
  if (data.present && !upright) {
    // In large type there is room for few layers: rows of one word each make boxes narrow.
    return usual.width <= room ? usual : tried(SHORT, CLOSEST);
  }
  // Wide boxes make a small graph less high.
  const wide = !upright && data.boxes.length <= LABELLED ? tried(BROAD, CLOSE) : null;
  if (wide && wide.labelled && wide.width <= room) return wide;
  if (usual.width <= room) return usual;
  const narrow = tried(NARROW, CLOSEST);
  return upright || narrow.width * TIGHTEST <= room ? narrow : usual;
}

/**
 * Whether the layers of a graph on a narrow page follow each other downwards; not where it would then
 * be broader than the page, and is not if it lies, as with many leaves that one loop uses.
 *
 * @param {any} data
 * @param {(box: any) => any} inside
 * @param {string} dial
 * @param {number} room
 */
export function stands(data, inside, dial, room) {
  const [standing, lying] = [true, false].map((upright) => place(data, upright, inside, dial, room).width);
  return standing <= room || lying * TIGHTEST > room;
}

export function headerOf(upright) {
  return upright ? TALL : HEADER;
}

// How long the dial of a box is, and what stands beside it; 0 for none.
function dialOf({ turns }) {
  return turns ? SLIDER + Math.max(...turns.names.map((name) => breadthOf(name))) : 0;
}

// One picture: of the whole graph, or (header > 0) of an open box, with the ports on its border.
function arranged(data, how, header = 0, own = "", least = 0) {
  const { upright, inside, room, chars, closest } = how;
  const along = upright ? "high" : "wide"; // the direction in which layers follow each other
  const across = upright ? "wide" : "high";
  const inner = data.boxes.map((box) => {
    const held = inside(box);
    if (!held) return null;
    const top = headerOf(upright) + (box.turns ? DIAL : 0);
    const title = breadthOf([box.title, box.name].filter(Boolean).join(" "), HEAD) + 56;
    return arranged(held.picture, how, top, `${own}${held.key} `, Math.max(title, dialOf(box)));
  });
  const sizes = data.boxes.map((box, i) => {
    if (box.kind === "port") return { ...NOWHERE };
    if (!inner[i]) return sizeOf(box, chars);
    return { ...NOWHERE, wide: inner[i].width, high: inner[i].height };
  });
  const ports = portsOf(data);
  sizes.forEach((size, i) => {
    if (data.boxes[i].kind !== "port") size[across] = Math.max(size[across], Math.min(ports.most[i], FULL) * PORT);
  });
  const depth = Math.max(...data.boxes.map((box) => box.layer)) + 1;
  const thickness = Array.from({ length: depth }, (_, layer) =>
    Math.max(...sizes.filter((_, i) => data.boxes[i].layer === layer).map((size) => size[along])),
  );
  const thick = thickness.reduce((all, one) => all + one, 16);
  const numbers = Math.max(0, ...data.links.flatMap(labelOf).map((row) => breadthOf(row)));
  const wider = Math.max(GAP, numbers + 28);
  const few = !header && !data.tree && !inner.some(Boolean) && data.boxes.length <= LABELLED;
  const labelled = !upright && few && thick + (depth - 1) * wider <= room;
  const usual = Math.max(closest, Math.min(GAP, (room - thick) / (depth - 1)));
  const gap = header ? INSIDE : labelled ? wider : usual;
  const between = upright ? 10 : 16;
  const breadths = sizes.map((size) => size[across]);
  const pitch = crowding(data, breadths.map((breadth, i) => (inner[i] ? 0 : breadth)), between);
  const opened = data.boxes.flatMap(({ slot }, i) => (inner[i] ? [{ slot, need: breadths[i] + between }] : []));
  const lane = stretched(opened, pitch);
  const isPort = (side) => data.boxes.some(({ kind, enters }) => kind === "port" && enters === side);
  const top = header && upright ? header : 0;
  const middles = [];
  let at = !header ? 8 : isPort(false) ? 0 : top + BORDER;
  for (let layer = depth - 1; layer >= 0; layer--) {
    middles[layer] = at + thickness[layer] / 2;
    at = Math.max(at + thickness[layer] + gap, layer === depth - 1 ? top + BORDER : 0);
  }
  const needed = at - gap + (!header ? 8 : isPort(true) ? 0 : BORDER);
  const length = upright ? needed : Math.max(needed, least);
  for (let layer = 0; layer < depth - (isPort(false) ? 1 : 0); layer++) {
    middles[layer] += (length - needed) / (layer || !isPort(true) ? 2 : 1);
  }
  const middleOf = data.boxes.map(({ slot }, i) =>
    inner[i] ? (lane(slot - 0.5) + lane(slot + 0.5)) / 2 : lane(slot));
  const reach = [
    ...middleOf.map((middle, i) => [middle - (breadths[i] + between) / 2, middle + (breadths[i] + between) / 2]),
    ...data.links.flatMap((link) => link.bends).map((slot) => [lane(slot) - pitch / 4, lane(slot) + pitch / 4]),
  ];
  const low = Math.min(...reach.map(([one]) => one));
  const high = Math.max(...reach.map(([, one]) => one));
  const spare = upright ? Math.max(0, least - (high - low)) / 2 : 0;
  const lead = (header && !upright ? header : 0) + (header ? 4 : 0) + spare - low;
  const breadth = lead + high + spare + (header ? 4 : 0);
  const point = (layer, side, ahead = 0) => {
    const way = middles[layer] + ahead * thickness[layer];
    return upright ? [side, way] : [way, side];
  };
  const boxes = data.boxes.map((box, i) => {
    const [x, y] = point(box.layer, lead + middleOf[i]);
    return { box, at: { ...sizes[i], x, y, open: inner[i] !== null, ...(inner[i] && { header: headerOf(upright), dial: how.dial, turn: inside(box).turn }) } };
  });
  // Where a link leaves or enters: the box's side that faces the other end, at the link's port, or
  // where the line goes on in an open box.
  const end = (i, side, k, shift) => {
    const { at: box } = boxes[i];
    const through = inner[i]?.ports.get(`${k} ${side > 0}`);
    const aside = through === undefined ? shift : through - inner[i][upright ? "width" : "height"] / 2;
    return upright ? [box.x + aside, box.y + (side * box.high) / 2] : [box.x + (side * box.wide) / 2, box.y + aside];
  };
  const shiftOf = (i, port) => port * PORT * Math.min(1, FULL / ports.most[i]);
  const links = data.links.map((link, k) => {
    const { source, target } = link;
    const route = [
      end(source, -1, k, shiftOf(source, ports.leaving[k])),
      // Straight past the boxes of a layer: a line that bent there would run into their corners.
      ...link.bends.flatMap((slot, i) =>
        [0.5, -0.5].map((ahead) => point(data.boxes[source].layer + 1 + i, lead + lane(slot), ahead))),
      end(target, 1, k, shiftOf(target, ports.entering[k])),
    ];
    const above = ports.entering[k] < 0 || ports.leaving[k] < 0;
    // A line goes on, without its arrow's head, where it meets a border.
    const goesOn = [source, target].map((i) => inner[i] !== null || data.boxes[i].kind === "port");
    const drawn = { ...link, key: own + link.id, goesOn };
    return { link: drawn, route, label: labelAt(link, route, upright, above) };
  });
  const [width, height] = upright ? [breadth, length] : [length, breadth];
  const side = upright ? 0 : 1;
  const borders = data.boxes.flatMap((box, i) =>
    box.kind === "port" && box.line >= 0 ? [[`${box.line} ${box.enters}`, [boxes[i].at.x, boxes[i].at.y][side]]] : []);
  return { labelled, upright, boxes, links, inner, width, height, ports: new Map(borders) };
}

// All boxes and links of a picture and of those in it, as one; ports are no boxes any more.
function flattened(picture) {
  const boxes = [];
  const links = [];
  // around  of each line outside, from which box to which it leads, and its id
  // frame   the open box that holds the picture, where lines to turns that are not shown end
  const gather = ({ boxes: own, links: lines, inner }, dx, dy, around, frame, depth) => {
    const numbers = own.map(({ box, at }) => {
      if (box.kind === "port") return around[box.line]?.[box.enters ? 0 : 1] ?? frame;
      return boxes.push({ box, at: { ...at, x: at.x + dx, y: at.y + dy } }) - 1;
    });
    const within = lines.map(({ link }) => [numbers[link.source], numbers[link.target], link.id]);
    lines.forEach(({ link, route, label }, k) => {
      const ports = [link.source, link.target].map((i) => (own[i].box.kind === "port" ? own[i].box : null));
      const told = ports.some((port) => port && around[port.line]?.[2] === link.id); // outside already
      links.push({
        link: { ...link, source: within[k][0], target: within[k][1], enters: ports[0] !== null, leaves: ports[1] !== null, depth },
        route: route.map(([x, y]) => [x + dx, y + dy]),
        label: { ...label, rows: told ? [] : label.rows, x: label.x + dx, top: label.top + dy, middle: label.middle + dy },
      });
    });
    inner.forEach((held, i) => {
      const { x, y } = own[i].at;
      if (held) gather(held, dx + x - held.width / 2, dy + y - held.height / 2, within, numbers[i], depth + 1);
    });
  };
  gather(picture, 0, 0, [], 0, 0);
  const { labelled, width, height, upright } = picture;
  const placed = labelled || upright ? links : movedAside(boxes, links);
  return { labelled, width, ...withRoom(boxes, placed, height) };
}
