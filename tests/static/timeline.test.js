// The timeline's state without a browser: a history of events, and what the page shows where.

import assert from "node:assert/strict";
import test from "node:test";

import { begin, captionOf, lasts, reduce, shown, unreported } from "../../static/timeline/state.js";

// w = …; loss = (w * w + w).sum(); loss.backward(); print(w.grad)
const STORY = {
  graph: "graph",
  slots: [1, 2, 2, 0],
  moments: [
    { line: 1, text: "w", draws: [3], ran: [1] },
    { line: 2, text: "loss", draws: [2, 1, 0], ran: [2] },
    { line: 3, text: "backward", backward: 0 },
    { line: 3, text: "sum", backward: 0, fired: [0], sends: ["0-0"] },
    { line: 3, text: "add", backward: 0, fired: [1], sends: ["1-0", "1-1"], arrivals: { 3: "1 / 3" } },
    { line: 3, text: "mul", backward: 0, fired: [2], sends: ["2-0", "2-1"], arrivals: { 3: "3 / 3" } },
    { line: 3, text: "w", backward: 0, fired: [3], fills: ["w"], ran: [3] },
    { line: 4, text: "print", ran: [4] },
  ],
};
const END = STORY.moments.length;

const after = (at, ...events) => events.reduce(reduce, begin(END, at));
const play = { type: "play" };
const pause = { type: "pause" };
const tick = { type: "tick" };
const report = { type: "report" };
const go = (at) => ({ type: "go", at });
const by = (steps) => ({ type: "by", steps });
const arrive = (at, same = true, count = END) => ({ type: "arrive", at, same, count });

test("where the address says nothing, the finished picture stands there", () => {
  const state = begin(END, null);
  assert.equal(state.at, END);
  assert.equal(unreported(state), false);
  const { line, ran, drawn, now, fired, filled } = shown(STORY, state.at);
  assert.deepEqual([line, ran, drawn, now], [null, null, null, []]);
  assert.equal(fired.length, 4 + 5);
  assert.deepEqual(filled, ["w"]);
});

test("the page follows from the first move on, and a link before it", () => {
  assert.equal(begin(END, null).followed, false);
  assert.equal(begin(END, 4).followed, true);
  assert.equal(after(null, by(-1)).followed, true);
  assert.equal(after(null, play).followed, true);
  assert.equal(after(null, by(-1), go(END)).followed, true);
});

test("playing begins anew at the end, and goes on elsewhere", () => {
  assert.deepEqual(after(null, play), { count: END, at: 0, playing: true, known: END, followed: true });
  assert.equal(after(3, play).at, 3);
  assert.equal(reduce(begin(0, null), play).playing, false);
});

test("playing stops by itself at the end", () => {
  const last = after(END - 2, play, tick);
  assert.deepEqual([last.at, last.playing], [END - 1, true]);
  const ended = reduce(last, tick);
  assert.deepEqual([ended.at, ended.playing], [END, false]);
  assert.equal(reduce(ended, tick), ended);
});

test("a position is reported at rest only, and once", () => {
  assert.equal(unreported(after(null, play, tick)), false);
  const paused = after(null, play, tick, pause);
  assert.equal(unreported(paused), true);
  assert.equal(unreported(reduce(paused, report)), false);
  assert.equal(unreported(after(2, by(1), by(-1))), false);
});

test("whoever steps or scrubs stops the play, and stays within it", () => {
  assert.deepEqual(after(2, play, by(1)), { count: END, at: 3, playing: false, known: 2, followed: true });
  assert.equal(after(0, by(-1)).at, 0);
  assert.equal(after(null, by(1)).at, END);
  assert.equal(after(2, go(999)).at, END);
  assert.equal(begin(END, 10 ** 9).at, END);
});

test("a link and Back lead to a position; an answer that is late does not", () => {
  assert.equal(after(2, by(1), report, arrive(2)).at, 2);
  assert.equal(after(2, by(1), by(1), arrive(2)).at, 4);
  const playing = after(null, play, tick);
  assert.equal(reduce(playing, arrive(null)), playing);
});

test("another program ends the play and is finished", () => {
  const state = after(2, play, arrive(null, false, 3));
  assert.deepEqual(state, { count: 3, at: 3, playing: false, known: 3, followed: false });
});

test("a line draws its nodes with all of their edges, and nothing of later lines", () => {
  assert.deepEqual(shown(STORY, 0).drawn, ["node-3"]);
  const { drawn, line, fired } = shown(STORY, 1);
  assert.equal(drawn.length, 4 + 5);
  assert.ok(drawn.includes("edge-1-1"));
  assert.deepEqual([line, fired], [2, []]);
});

test("a node waits until all of its gradients have come, and is filled when it has run", () => {
  assert.deepEqual(shown(STORY, 4).waits, { "node-3": "1 / 3" });
  assert.deepEqual(shown(STORY, 4).now, ["node-1", "edge-1-0", "edge-1-1"]);
  assert.deepEqual(shown(STORY, 5).waits, { "node-3": "3 / 3" });
  assert.deepEqual(shown(STORY, 5).filled, []);
  assert.deepEqual([shown(STORY, 6).waits, shown(STORY, 6).filled], [{}, ["w"]]);
});

test("a leaf that autograd.grad stops at waits no longer once its pass is over", () => {
  const moments = STORY.moments.filter(({ text, fired }) => !(text === "w" && fired));
  assert.deepEqual(shown({ ...STORY, moments }, 5).waits, { "node-3": "3 / 3" });
  assert.deepEqual(shown({ ...STORY, moments }, 6).waits, {});
  assert.deepEqual(shown({ ...STORY, moments: moments.slice(0, 6) }, 6).waits, {});
});

test("a line's note is true when all that it ran has run", () => {
  assert.deepEqual(shown(STORY, 5).ran, [1, 2]);
  assert.deepEqual(shown(STORY, 6).ran, [1, 2, 3]);
});

test("a second pass begins with nothing fired, and keeps what is filled", () => {
  const moments = [...STORY.moments, { line: 5, text: "again", backward: 1 }, { line: 6, text: "end" }];
  const { fired, waits, filled } = shown({ ...STORY, moments }, END);
  assert.deepEqual([fired, waits, filled], [[], {}, ["w"]]);
});

test("without a graph the lines are played alone", () => {
  assert.equal(shown({ graph: null, slots: null, moments: [{ line: 1, text: "" }, { line: 2, text: "" }] }, 0).drawn, null);
});

test("a node is looked at longer than a line, and both twice as long where motion is not wanted", () => {
  const [line, , , node] = STORY.moments;
  assert.ok(lasts(node, false) > lasts(line, false));
  assert.equal(lasts(line, true), 2 * lasts(line, false));
});

test("no event changes the state it is given", () => {
  let state = begin(END, 2);
  for (const event of [play, tick, pause, by(1), go(4), report, arrive(1), { type: "toggle" }]) {
    state = reduce(Object.freeze(state), event);
    assert.ok(state.at >= 0 && state.at <= END);
  }
});

test("a caption says line and turn, and what happened where there is more to say", () => {
  const labels = { runs: "runs", at_line: "line {line}", at_turn: "line {line}, turn {turn}" };

  assert.equal(captionOf({ line: 4 }, labels), "line 4: runs");
  assert.equal(captionOf({ line: 4, turn: 30 }, labels), "line 4, turn 30: runs");
  assert.equal(captionOf({ line: 7, text: "draws w" }, labels), "line 7: draws w");
  assert.equal(captionOf({ text: "hands back" }, labels), "hands back");
  const files = { ...labels, files: ["train.py", "model.py"] };
  assert.equal(captionOf({ line: 4 }, files), "train.py, line 4: runs");
  assert.equal(captionOf({ line: 2 ** 40 + 7, turn: 2 }, files), "model.py, line 7, turn 2: runs");
  assert.equal(captionOf({ line: 2 ** 40 + 7 }, labels), "line 7: runs");
});
