// Where a program stands that is played, as one state that events lead to the next; and what the
// page shows of it there.
//
// Position 0 is the first moment. The position after the last one is the end: everything is drawn.

const LINE = 700; // ms that a moment is looked at
const NODE = 900;
export const REST = 400; // ms after which a position is reported
const FILE = 2 ** 40; // above it stands the number of a line's file (autograd_explorer/records.py)

/**
 * What happens at one moment; what is empty is left out. components/timeline/ builds it.
 *
 * @typedef {Object} Step
 * @property {number} [line]
 * @property {number} [turn]       of a line that runs more than once
 * @property {string} [text]       what happened, where it is more than that the line ran
 * @property {number[]} [ran]      lines whose notes are true from now on
 * @property {number[]} [draws]    nodes that exist from now on
 * @property {number} [backward]   the pass that this belongs to
 * @property {number[]} [fired]    nodes that ran
 * @property {string[]} [sends]    edges on which a gradient was sent
 * @property {Record<string, string>} [arrivals]  node → "1 / 2"
 * @property {string[]} [fills]    tensors whose .grad is there from now on
 * @property {number} [light]      the line that recorded the node that ran
 */

/**
 * @typedef {Object} Story
 * @property {string | null} graph
 * @property {number[] | null} slots  how many edges leave each node; null where none is drawn
 * @property {Step[]} moments
 */

/**
 * @typedef {Object} State
 * @property {number} count    how many moments there are
 * @property {number} at       0 … count
 * @property {boolean} playing
 * @property {number} known    the position that the address has
 * @property {boolean} followed  whether a link or the reader has led somewhere; until then the page
 *   looks as it would without a timeline
 */

/**
 * @typedef {{ type: "play" | "pause" | "toggle" | "tick" | "report" }
 *   | { type: "go", at: number }
 *   | { type: "by", steps: number }
 *   | { type: "arrive", count: number, at: number | null, same: boolean }} Event
 */

/**
 * @param {number} count
 * @param {number | null} at - null for the end
 * @returns {State}
 */
export function begin(count, at) {
  const place = clamped(at ?? count, count);
  return { count, at: place, playing: false, known: place, followed: place < count };
}

/**
 * arrive  the server says which moments there are, whether they are the same as before, and where
 *         the address stands: a link and Back lead there, and an answer that is late does not
 *
 * @param {State} state
 * @param {Event} event
 * @returns {State}
 */
export function reduce(state, event) {
  const { count, at } = state;
  switch (event.type) {
    case "play":
      return { ...state, playing: count > 0, at: at >= count ? 0 : at, followed: true };
    case "pause":
      return { ...state, playing: false };
    case "toggle":
      return reduce(state, { type: state.playing ? "pause" : "play" });
    case "tick":
      return state.playing ? { ...state, at: Math.min(at + 1, count), playing: at + 1 < count } : state;
    case "go":
      return { ...state, at: clamped(event.at, count), playing: false, followed: true };
    case "by":
      return reduce(state, { type: "go", at: at + event.steps });
    case "arrive": {
      const fresh = begin(event.count, event.at);
      return event.same && fresh.known === state.known ? state : fresh;
    }
    case "report":
      return { ...state, known: at };
  }
}

/**
 * Whether the address is to be told, once the position rests.
 *
 * @param {State} state
 */
export function unreported({ at, known, playing }) {
  return !playing && at !== known;
}

/**
 * How long a moment is looked at.
 *
 * @param {Step | undefined} step
 * @param {boolean} still - motion is not wanted
 */
export function lasts(step, still) {
  return (step?.fired ? NODE : LINE) * (still ? 2 : 1);
}

/**
 * A moment in words.
 *
 * @param {Step} step
 * @param {Record<string, any>} labels  of a program with several files, .files has their names
 */
export function captionOf({ line, turn, text }, labels) {
  const did = text ?? labels.runs;
  if (!line) return did;
  const where = labels[turn ? "at_turn" : "at_line"];
  const file = labels.files ? `${labels.files[Math.floor(line / FILE)]}, ` : "";
  return `${file}${where.replace("{line}", String(line % FILE)).replace("{turn}", String(turn))}: ${did}`;
}

/**
 * What the page shows at a position.
 *
 * @param {Story} story
 * @param {number} at
 * @returns {import("../page.js").Moment}
 */
export function shown({ graph, slots, moments }, at) {
  const ended = at >= moments.length;
  /** @type {Set<number>} */
  const drawn = new Set();
  /** @type {Set<number>} */
  const ran = new Set();
  /** @type {Set<string>} */
  const filled = new Set();
  /** @type {Set<string>} */
  let fired = new Set();
  /** @type {Map<string, string>} */
  let waits = new Map();
  /** @type {number | undefined} */
  let pass;
  for (const step of moments.slice(0, at + 1)) {
    if (step.backward !== undefined && step.backward !== pass) {
      pass = step.backward;
      fired = new Set();
      waits = new Map();
    }
    if (!step.fired) waits.clear(); // autograd.grad never runs the leaves that it stops at
    for (const node of step.draws ?? []) drawn.add(node);
    for (const line of step.ran ?? []) ran.add(line);
    for (const name of step.fills ?? []) filled.add(name);
    for (const id of went(step)) fired.add(id);
    for (const [node, arrived] of Object.entries(step.arrivals ?? {})) waits.set(`node-${node}`, arrived);
    for (const node of step.fired ?? []) waits.delete(`node-${node}`);
  }
  return {
    graph,
    line: ended ? null : moments[at].line ?? null,
    ran: ended ? null : [...ran],
    drawn: ended || !slots ? null : [...drawn].flatMap((node) => [`node-${node}`, ...edgesOf(node, slots[node])]),
    fired: [...fired],
    now: ended ? [] : went(moments[at]),
    waits: ended ? {} : Object.fromEntries(waits),
    filled: [...filled],
  };
}

/**
 * Ids of the nodes and edges that backward went through at one moment.
 *
 * @param {Step} step
 */
function went({ fired = [], sends = [] }) {
  return [...fired.map((node) => `node-${node}`), ...sends.map((edge) => `edge-${edge}`)];
}

/**
 * @param {number} node
 * @param {number} count
 */
function edgesOf(node, count) {
  return Array.from({ length: count }, (_, slot) => `edge-${node}-${slot}`);
}

/**
 * @param {number} at
 * @param {number} count
 */
function clamped(at, count) {
  return Math.max(0, Math.min(count, at));
}
