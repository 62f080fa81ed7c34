// Boxes in boxes without a browser: what is open, and where a node is seen.

import assert from "node:assert/strict";
import test from "node:test";

import { buildFolds } from "../../static/graph_view/folds.js";

const box = (id, more = {}) => ({ id, kind: "operation", name: id, ...more });
const port = { id: "port-1-0", kind: "port", enters: true, line: 0 };

// The loss, and a loop of two turns, of which the second holds a module; node-5 was not sent.
const DATA = {
  tree: "6 5 4",
  open: { "fold-1": 1 },
  homes: [0, 1, 3, 3, 1, 3],
  boxes: [
    box("node-0"),
    box("fold-1", { kind: "fold", turns: { count: 2, bars: [], anchors: [4, 1], shown: {
      0: { boxes: [box("node-4")], links: [] },
      1: {
        boxes: [port, box("node-1"), box("fold-3", {
          kind: "fold", boxes: [box("node-2"), box("node-3")], links: [{ id: "edge-2-0", source: 0, target: 1 }],
        })],
        links: [{ id: "edge-0-0", source: 0, target: 1 }, { id: "edge-1-0", source: 1, target: 2 }],
      },
    } } }),
  ],
  links: [{ id: "edge-0-0", source: 0, target: 1 }],
};

function folds(data = DATA) {
  const made = buildFolds();
  made.take(data);
  return made;
}
const drawn = (...ids) => new Map(ids.map((id) => [id, null]));

test("a graph opens as its data says, and stays as a reader left it", () => {
  const made = folds();
  assert.deepEqual([...made.open], [["fold-1", 1]]);

  made.open.delete("fold-1");
  made.take({ ...DATA });
  assert.deepEqual([...made.open], []);

  made.take({ ...DATA, tree: "another" });
  assert.deepEqual([...made.open], [["fold-1", 1]]);
});

test("what was asked for is open when it comes", () => {
  const made = folds();
  made.take({ ...DATA, asked: { "fold-1": 0, "fold-99": 0 } });
  assert.deepEqual([...made.open], [["fold-1", 0]]);
});

test("of a fold the turn is drawn that it shows, and nothing where that was not sent", () => {
  const made = folds();
  const fold = DATA.boxes[1];
  assert.equal(made.inside(fold).picture, fold.turns.shown[1]);
  made.open.set("fold-1", 7);
  assert.equal(made.inside(fold), null);
  made.open.delete("fold-1");
  assert.equal(made.inside(fold), null);
});

test("a node is seen in the innermost box that is drawn", () => {
  const made = folds();
  assert.equal(made.seen("node-2", drawn("node-0", "fold-1")), "fold-1");
  assert.equal(made.seen("node-2", drawn("node-0", "fold-1", "fold-3")), "fold-3");
  assert.equal(made.seen("node-2", drawn("fold-1", "fold-3", "node-2")), "node-2");
  assert.equal(made.seen("node-5", drawn("fold-1", "fold-3")), "fold-3"); // it was not sent
  assert.equal(made.seen("node-0", drawn("node-0")), "node-0");
});

test("boxes open to a node and to a line, each at its turn", () => {
  const made = folds();
  made.open.set("fold-1", 0);
  assert.equal(made.openTo("node-3"), true);
  assert.deepEqual([...made.open], [["fold-1", 1], ["fold-3", 0]]);

  made.open.clear();
  assert.equal(made.openTo("edge-1-0"), true);
  assert.deepEqual([...made.open], [["fold-1", 1]]); // no further than where it is whole

  made.open.clear();
  assert.equal(made.openTo("edge-0-0"), false); // whole outside, where nothing has to open
  assert.equal(made.open.size, 0);
  assert.equal(made.openTo("node-5"), false);
});

test("a turn follows what runs only in boxes that are open", () => {
  const made = folds();
  assert.equal(made.turnTo("node-4"), true);
  assert.equal(made.open.get("fold-1"), 0);
  assert.equal(made.turnTo("node-4"), false);
  made.open.clear();
  assert.equal(made.turnTo("node-4"), false);
  assert.equal(made.open.size, 0);
});

test("a fold holds what is in it, however deep", () => {
  const made = folds();
  assert.equal(made.holds("fold-1", "node-3"), true);
  assert.equal(made.holds("fold-1", "edge-2-0"), true);
  assert.equal(made.holds("fold-3", "node-1"), false);
  assert.equal(made.holds("fold-1", "node-0"), false);
});
