// Whether what the reader has asked for still runs. An editor may go meanwhile: the one that stands
// there during a page's first run gives way to another.

import { listen } from "../life.js";

// What ran already when the reader asked ends first. Streamlit tells of that end, too, and right
// after it that the next run begins; or of neither, where both arrive at once.
const NEXT = 5000; // ms; a busy server may be slow to begin it, and its answer ends the wait sooner

const changes = new EventTarget();
const ends = new MutationObserver(follow);
let running = false;
let another = false; // runs first
let over = 0;

// Streamlit tells of the end of a run also where it changes nothing on the page.
const app = () => document.querySelector("[data-test-script-state]");
const rests = () => app()?.getAttribute("data-test-script-state") === "notRunning";

export const isRunning = () => running;

/** The reader has asked for a run. */
export function asked() {
  const page = app();
  if (!page) return; // in a saved file nothing runs
  ends.observe(page, { attributeFilter: ["data-test-script-state"] });
  another = !rests();
  clearTimeout(over);
  mark(true);
}

/** What it did is there. */
export function answered() {
  clearTimeout(over);
  mark(false);
}

/**
 * To be called while a view is built.
 *
 * @param {() => void} then  whenever that changes
 */
export function onRunning(then) {
  listen(changes, "change", then);
}

function follow() {
  clearTimeout(over);
  if (!rests()) return;
  if (another) over = setTimeout(() => mark(false), NEXT);
  else mark(false);
  another = false;
}

/** @param {boolean} now */
function mark(now) {
  running = now;
  if (!now) ends.disconnect();
  changes.dispatchEvent(new Event("change"));
}
