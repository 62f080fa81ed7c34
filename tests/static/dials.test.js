// The dials' state without a browser: a history of events, and what is sent when.

import assert from "node:assert/strict";
import test from "node:test";

import { begin, dueAt, EVERY, PATIENCE, reduce, same } from "../../static/dials/reduce.js";

const START = { n_in: 5, n_out: 3, seed: 0, x: "ones" };

/** The state after a history, in which "send" stands for whatever is due by then. */
function after(...events) {
  return events.reduce(reduce, begin(START));
}

const move = (value, dial = "n_in") => ({ type: "move", dial, value });
const hold = (byKey = false, dial = "n_in") => ({ type: "hold", dial, byKey });
const release = (value, dial = "n_in") => ({ type: "release", dial, value });
const stop = (value, dial = "n_in") => ({ type: "stop", dial, value });
const send = (now) => ({ type: "send", now });
const arrive = (values, now) => ({ type: "arrive", values: { ...START, ...values }, now });

test("at rest nothing is due, and the dials follow the page", () => {
  assert.equal(dueAt(begin(START)), null);
  assert.equal(after(arrive({ n_in: 9 }, 0)).values.n_in, 9);
});

test("a press of an arrow key settles at once", () => {
  const state = after(move(6));

  assert.deepEqual(state.waiting, { values: { ...START, n_in: 6 }, settled: true });
  assert.equal(dueAt(state), -Infinity);
});

test("a drag reports where it is, and settles where it is let go of", () => {
  const dragged = after(hold(), move(6), move(7));
  assert.deepEqual(dragged.waiting, { values: { ...START, n_in: 7 }, settled: false });

  const released = reduce(dragged, release(7));
  assert.equal(released.held, null);
  assert.equal(released.waiting.settled, true);
});

test("a drag that ends where it is already reported settles all the same", () => {
  const state = after(hold(), move(6), send(0), arrive({ n_in: 6 }, 10), release(6));

  assert.deepEqual(state.waiting, { values: { ...START, n_in: 6 }, settled: true });
});

test("while one report is under way the next one waits, and the newest takes its place", () => {
  let state = after(hold(), move(6), send(100), move(7), move(8));
  assert.equal(dueAt(state), 100 + PATIENCE);
  assert.equal(state.waiting.values.n_in, 8);

  state = reduce(state, arrive({ n_in: 6 }, 130));
  assert.equal(dueAt(state), 100 + EVERY);
  assert.equal(state.values.n_in, 8);
});

test("what comes back is old while the finger moves and while a report waits or is under way", () => {
  assert.equal(after(hold(), arrive({ n_in: 2 }, 0)).values.n_in, 5);
  assert.equal(after(move(6), arrive({ n_in: 2 }, 0)).values.n_in, 6);
  assert.equal(after(move(6), send(0), arrive({ n_in: 2 }, 10)).values.n_in, 6);
  assert.equal(after(move(6), send(0), arrive({ n_in: 6, y: "zeros" }, 10)).values.y, "zeros");
});

test("a report that is never answered is waited for no longer than PATIENCE", () => {
  const state = after(move(6), send(0), arrive({ n_in: 5 }, PATIENCE + 1));

  assert.equal(state.answered, true);
  assert.equal(state.values.n_in, 5);
});

test("nothing new will come of a report of what the page shows", () => {
  const state = after(move(6), move(5), send(0));

  assert.equal(state.answered, true);
});

test("a held arrow key comes to rest at every repetition, and settles when it is let go of", () => {
  const held = after(move(6), send(0), hold(true), move(7), stop(7), move(8), stop(8));
  assert.deepEqual(held.held, { dial: "n_in", byKey: true });
  assert.equal(held.waiting.settled, false);

  assert.equal(reduce(held, release(8)).waiting.settled, true);
});

test("a slider that nobody holds is not released, nor is another one", () => {
  const state = after(hold());

  assert.equal(reduce(state, release(9, "n_out")), state);
  assert.equal(reduce(begin(START), stop(5)).waiting, null);
});

test("a choice settles at once, also of what stands there already", () => {
  const state = after({ type: "choose", values: { x: "ones", seed: 7 } });

  assert.deepEqual(state.waiting, { values: { ...START, seed: 7 }, settled: true });
});

test("a view that has gone sends nothing more", () => {
  assert.equal(dueAt(after(hold(), move(6), { type: "leave" })), null);
});

test("no event changes the state it is given", () => {
  const events = [
    hold(), move(6), send(5), arrive({ n_in: 6 }, 20), stop(6), move(7, "n_out"), send(90),
    { type: "choose", values: { seed: 3 } }, release(7), send(95), arrive({}, 2000), { type: "leave" },
  ];
  let state = begin(Object.freeze({ ...START }));
  for (const event of events) {
    const next = reduce(deepFrozen(state), event);
    const due = dueAt(next);
    assert.ok(due === null || !Number.isNaN(due));
    state = next;
  }
});

test("values are the same as those they hold", () => {
  assert.ok(same({ ...START, more: 1 }, START));
  assert.ok(!same(START, { n_in: 6 }));
});

function deepFrozen(value) {
  if (value && typeof value === "object") Object.values(value).forEach(deepFrozen);
  return Object.freeze(value);
}
