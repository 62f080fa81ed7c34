// What the dials show and what they report, as one state that events lead to the next.
//
// One report at a time is under way, so that none queue up however slow the way is; what settles
// goes at once. What comes back is old while the finger moves, and while a later report is under
// way: the dials follow it only at rest.

export const EVERY = 50; // ms between two reports, at least
export const PATIENCE = 1000; // ms to wait for what a report brings, at most

/** @typedef {Record<string, string | number | boolean>} Values  dial → where it stands */

/**
 * @typedef {Object} State
 * @property {Values} values     what the dials show
 * @property {Values} arrived    what the page shows
 * @property {{ values: Values, settled: boolean } | null} waiting  the report to send next; a newer
 *   one takes its place
 * @property {{ at: number, values: Values }} sent  the last report
 * @property {boolean} answered  whether nothing new will come of it
 * @property {{ dial: string, byKey: boolean } | null} held  the slider being dragged, or whose arrow
 *   key is held down
 */

/**
 * hold     a finger is on a slider, or byKey its arrow key is held down
 * move     a dial stands elsewhere; that settles unless it is held
 * stop     the browser says that a slider has come to rest; of a held key it says so at every
 *          repetition
 * release  the finger, the key or the focus has left a slider
 * choose   a dial, or several, stand where they shall stay
 * arrive   the page shows these values
 * send     the report that was waiting is under way
 *
 * @typedef {{ type: "hold", dial: string, byKey: boolean }
 *   | { type: "move" | "stop" | "release", dial: string, value: string | number | boolean }
 *   | { type: "choose", values: Values }
 *   | { type: "arrive", values: Values, now: number }
 *   | { type: "send", now: number }
 *   | { type: "leave" }} Event
 */

/**
 * @param {Values} values
 * @returns {State}
 */
export function begin(values) {
  return {
    values: { ...values },
    arrived: values,
    waiting: null,
    sent: { at: -PATIENCE, values },
    answered: true,
    held: null,
  };
}

/**
 * @param {State} state
 * @param {Event} event
 * @returns {State}
 */
export function reduce(state, event) {
  switch (event.type) {
    case "hold":
      return { ...state, held: { dial: event.dial, byKey: event.byKey } };
    case "move":
      if (state.values[event.dial] === event.value && state.held?.dial === event.dial) return state;
      return reported(state, { [event.dial]: event.value }, state.held?.dial !== event.dial);
    case "stop":
      if (state.held?.byKey) return state;
      return reduce(state, { ...event, type: "release" });
    case "release":
      if (state.held?.dial !== event.dial) return state;
      return reported({ ...state, held: null }, { [event.dial]: event.value }, true);
    case "choose":
      return reported(state, event.values, true);
    case "arrive": {
      const late = event.now > state.sent.at + PATIENCE;
      const answered = state.answered || late || same(event.values, state.sent.values);
      const resting = !state.held && !state.waiting && answered;
      return {
        ...state,
        arrived: event.values,
        answered,
        values: resting ? { ...event.values } : state.values,
      };
    }
    case "send": {
      if (!state.waiting) return state;
      const { values } = state.waiting;
      const sent = { at: event.now, values };
      return { ...state, waiting: null, sent, answered: same(state.arrived, values) };
    }
    case "leave":
      return { ...state, waiting: null };
  }
}

/**
 * When the waiting report is to be sent; null while there is none.
 *
 * @param {State} state
 */
export function dueAt({ waiting, sent, answered }) {
  if (!waiting) return null;
  return waiting.settled ? -Infinity : sent.at + (answered ? EVERY : PATIENCE);
}

/**
 * @param {State} state
 * @param {Values} changes
 * @param {boolean} settled
 * @returns {State}
 */
function reported(state, changes, settled) {
  const values = { ...state.values, ...changes };
  return { ...state, values, waiting: { values, settled } };
}

/**
 * Whether all that the second holds stands in the first.
 *
 * @param {Values} values
 * @param {Values} others
 */
export function same(values, others) {
  return Object.entries(others).every(([key, value]) => values[key] === value);
}
