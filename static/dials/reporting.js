// The state of reduce.js in a view, with the clock by which it reports.

import { whenGone } from "../life.js";
import { begin, dueAt, reduce } from "./reduce.js";

/**
 * To be called while a view is built.
 *
 * @param {import("./reduce.js").Values} values
 * @param {(report: { values: import("./reduce.js").Values, settled: boolean }) => void} send
 * @param {() => void} paint  called when the values have changed, and when some have arrived
 */
export function buildReporting(values, send, paint) {
  let state = begin(values);
  let timer = 0;

  /** @param {import("./reduce.js").Event} event */
  function tell(event) {
    const before = state.values;
    state = reduce(state, event);
    if (state.values !== before) paint();
    next();
  }

  function next() {
    clearTimeout(timer);
    const due = dueAt(state);
    if (due === null) return;
    const now = performance.now();
    if (now < due) {
      timer = setTimeout(next, due - now);
      return;
    }
    const { waiting } = state;
    state = reduce(state, { type: "send", now });
    if (waiting) send(waiting);
  }

  whenGone(() => tell({ type: "leave" }));

  return {
    state: () => state,
    tell,
    /** @param {import("./reduce.js").Values} values  that the page shows now */
    arrive(values) {
      state = reduce(state, { type: "arrive", values, now: performance.now() });
      paint();
      requestAnimationFrame(next); // once what came along is on the page too
    },
    /** @param {import("./reduce.js").Values} values  of something else */
    restart(values) {
      state = begin(values);
    },
  };
}
