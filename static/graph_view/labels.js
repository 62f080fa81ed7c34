// Where the numbers of a gradient stand beside its line.

import { breadthOf, labelOf, ROW } from "./measure.js";

const APART = 4; // px from a line or a box

// On the middle of a line that runs upright, in one row, as layers are close there; and otherwise
// beside all of it: above the first of several lines that meet at a box, and below the others.
export function labelAt(link, route, upright, above) {
  const rows = upright && link.gradient ? [link.gradient] : labelOf(link);
  const at = Math.floor((route.length - 1) / 2);
  const [[ax, ay], [bx, by]] = route.slice(at, at + 2);
  const high = highOf(rows);
  const middle = (ay + by) / 2;
  const top = upright ? middle - high / 2 : above ? Math.min(ay, by) - APART - high : Math.max(ay, by) + APART;
  return { rows, x: (ax + bx) / 2, top, middle };
}

function highOf(rows) {
  return rows.length * ROW + 2;
}

// Numbers that would cover a box, or others of the same box, stand beside it, as near as there is room.
export function movedAside(boxes, links) {
  const edges = boxes.map(({ at }) => edgesOf(at.x, at.y - at.high / 2, at.wide, at.high));
  const solid = edges.filter((_, i) => !boxes[i].at.open);
  const told = boxes.map(() => []); // of each box, where numbers stand already that are seen with it
  return links.map((drawn) => {
    const { link, label } = drawn;
    const both = [link.source, link.target].filter((i) => edges[i]);
    if (!label.rows.length || both.length < 2) return drawn;
    const wide = Math.max(...label.rows.map((row) => breadthOf(row))) + 8;
    const high = highOf(label.rows);
    const ends = both.map((i) => edges[i]);
    const taken = [...solid, ...both.flatMap((i) => told[i])];
    const isFree = ({ x, top }) => !taken.some((one) => meet(one, edgesOf(x, top, wide, high)));
    const [before, after] = [...ends].sort((one, two) => one.right - two.right);
    const xs = [label.x, before.right + APART + wide / 2, after.left - APART - wide / 2];
    const tops = [
      label.top,
      2 * label.middle - label.top - high,
      ...ends.flatMap(({ top, bottom }) => [bottom + APART, top - APART - high]),
    ];
    const far = ({ x, top }) => Math.abs(x - label.x) + Math.abs(top - label.top);
    const places = xs.flatMap((x) => tops.map((top) => ({ x, top }))).sort((one, two) => far(one) - far(two));
    const moved = { ...label, ...places.find(isFree) };
    both.forEach((i) => told[i].push(edgesOf(moved.x, moved.top, wide, high)));
    return { ...drawn, label: moved };
  });
}

function edgesOf(x, top, wide, high) {
  return { left: x - wide / 2, right: x + wide / 2, top, bottom: top + high };
}

function meet(one, two) {
  return one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom;
}

// The labels of the outermost lines may reach out of the picture, which then grows.
export function withRoom(boxes, links, height) {
  const labels = links.map(({ label }) => label);
  const up = Math.max(0, ...labels.map(({ top }) => 2 - top));
  const down = Math.max(0, ...labels.map(({ top, rows }) => top + highOf(rows) + 2 - height));
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
