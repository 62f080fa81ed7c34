// Where the numbers of lines stand, and where lines pass boxes.

import assert from "node:assert/strict";
import test from "node:test";

import { movedAside } from "../../static/graph_view/labels.js";
import { crowding } from "../../static/graph_view/lanes.js";

const box = (x, y, more = {}) => ({ box: {}, at: { x, y, wide: 100, high: 60, ...more } });
const line = (source, target, x, top) => ({
  link: { source, target }, route: [], label: { rows: ["(4, 8, 16)", "‖g‖ 0.1"], x, top, middle: top - 4 },
});
const area = ({ label: { x, top } }) => [x - 45, top, x + 45, top + 32];
const of = ({ at }) => [at.x - at.wide / 2, at.y - at.high / 2, at.x + at.wide / 2, at.y + at.high / 2];
const meet = ([a, b, c, d], [e, f, g, h]) => a < g && e < c && b < h && f < d;

test("numbers between two boxes that are close cover neither", () => {
  const boxes = [box(50, 50), box(190, 50)];
  const placed = movedAside(boxes, [line(1, 0, 120, 54)]);

  assert.ok(boxes.every((one) => meet(area(line(1, 0, 120, 54)), of(one))));
  assert.ok(!boxes.some((one) => meet(area(placed[0]), of(one))));
  assert.equal(placed[0].label.middle, 50);
});

test("where there is room they stay, also in an open box", () => {
  const boxes = [box(50, 50), box(390, 50), box(200, 50, { wide: 500, high: 300, open: true })];
  const lines = [line(1, 0, 220, 54)];

  assert.deepEqual(movedAside(boxes, lines), lines);
});

test("the numbers of lines to one box do not cover each other", () => {
  const boxes = [box(50, 50), box(190, 200), box(190, 400)];
  const [one, two] = movedAside(boxes, [line(1, 0, 120, 100), line(2, 0, 120, 110)]);

  assert.ok(!meet(area(one), area(two)));
});

test("where there is no room at all they stay on their line", () => {
  const boxes = [box(50, 50, { wide: 900, high: 900 }), box(190, 50, { wide: 900, high: 900 })];

  assert.equal(movedAside(boxes, [line(1, 0, 120, 54)])[0].label.x, 120);
});

test("a line passes a wide box beside it", () => {
  const data = {
    boxes: [{ layer: 0, slot: 0.5 }, { layer: 1, slot: 0.7 }, { layer: 2, slot: 0.5 }],
    links: [{ source: 0, target: 2, bends: [0] }, { source: 0, target: 1, bends: [] }, { source: 1, target: 2, bends: [] }],
  };
  const pitch = crowding(data, [80, 170, 80], 16);

  assert.ok(0.7 * pitch > 170 / 2);
});
