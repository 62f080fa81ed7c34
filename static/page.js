// What views do to the page around them.

import { el } from "./elements.js";
import { listen } from "./life.js";

const LIGHT = "autograd-explorer:light";
const MOMENT = "autograd-explorer:moment";

const BRING = "autograd-explorer:bring";

// Where the arrow keys and the space bar mean something else than on the page.
export const HAS_KEYS_OF_ITS_OWN = "input:not([type=range]), textarea, select, [contenteditable]," +
  "[role=slider], [role=combobox], [role=option], [role=radio], [role=tab]";

/** @typedef {{ lines: number[] }} Light */

/**
 * What one component lights, others may light too: lines and nodes point at each other without
 * a round trip.
 *
 * @param {Light} detail
 */
export function light(detail) {
  document.dispatchEvent(new CustomEvent(LIGHT, { detail }));
}

/** @param {(detail: Light) => void} listener */
export function onLight(listener) {
  listen(document, LIGHT, (event) => listener(event.detail));
}

/**
 * How far a program has come that is played. Ids are those of the boxes and links of a graph:
 * "node-3" and "edge-3-0", the edge that leaves node 3 by slot 0.
 *
 * @typedef {Object} Moment
 * @property {string | null} graph    the key of the graph that this is about; null for every graph
 * @property {number | null} line     the program's line; null when the program has ended
 * @property {number[] | null} ran    lines whose notes are true by now; null for all of them
 * @property {string[] | null} drawn  what exists by now; null for all of it
 * @property {string[]} fired         what backward has run through, in this order
 * @property {string[]} now           what it runs through at this moment
 * @property {Record<string, string>} waits  boxes where only some of the gradients have arrived,
 *   such as "1 / 2"
 * @property {string[]} filled        the names of the leaves whose .grad has been filled
 */

/** @type {Moment | null} */
let current = null; // for views that are built while a program stands somewhere

/**
 * Say how far a program has come. null while nobody plays it: views then look as they would
 * without.
 *
 * @param {Moment | null} detail
 */
export function moment(detail) {
  current = detail;
  document.dispatchEvent(new CustomEvent(MOMENT, { detail }));
}

/** @param {(detail: Moment | null) => void} listener */
export function onMoment(listener) {
  listen(document, MOMENT, (event) => listener(event.detail));
  if (current) listener(current);
}

/**
 * Whether what stands on the page is of a program that is no longer the one in the editor, or will
 * not be for long: its results are dimmed (components/theme.py).
 *
 * @param {boolean} old
 */
export function outdate(old) {
  document.documentElement.toggleAttribute("data-outdated", old);
}

const STEP = "autograd-explorer:step";

/**
 * A presentation goes on by one step, forward (1) or back (-1): whoever stands on the slide and
 * has something left to show takes it. Whether somebody has.
 *
 * @param {number} by
 */
export function step(by) {
  return !document.dispatchEvent(new CustomEvent(STEP, { detail: by, cancelable: true }));
}

/**
 * @param {HTMLElement} part  that has to be seen
 * @param {(by: number) => boolean} take  whether it takes the step
 */
export function onStep(part, take) {
  listen(document, STEP, (event) => {
    if (!event.defaultPrevented && part.checkVisibility() && take(event.detail)) event.preventDefault();
  });
}

/** Whether the page is projected, and the keys that lead through it are the presentation's. */
export function presenting() {
  return document.querySelector(".st-key-projector") !== null;
}

const HANDS = "autograd-explorer:hands";

/**
 * How many of a class have chosen each option of a question, by now.
 *
 * @typedef {Object} Hands
 * @property {string} form  of the question
 * @property {number[]} counts
 */

/** @param {Hands} detail */
export function hands(detail) {
  document.dispatchEvent(new CustomEvent(HANDS, { detail }));
}

/** @param {(detail: Hands) => void} listener */
export function onHands(listener) {
  listen(document, HANDS, (event) => listener(event.detail));
}

/** @type {HTMLElement | null} */
let voice = null;

/**
 * Show the answer to a choice, which may come off the screen, where the reader looks; and say it
 * to who does not look. It takes a while to arrive, and a chart in it to be drawn.
 *
 * @param {string} selector
 */
export async function bring(selector) {
  voice ??= document.body.appendChild(
    el("div", { role: "status", style: "position:fixed;clip-path:inset(50%);width:1px;height:1px" }));
  const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  let before = 0;
  for (let wait = 0; wait < 50; wait++) {
    await new Promise((resume) => setTimeout(resume, 100));
    const answer = /** @type {HTMLElement | null} */ (document.querySelector(selector));
    if (answer && presenting()) document.dispatchEvent(new CustomEvent(BRING, { detail: answer }));
    if (answer && answer.offsetHeight === before) {
      answer.scrollIntoView({ block: "nearest", behavior: smooth ? "smooth" : "auto" });
      voice.textContent = answer.innerText.split("\n")[0];
      return;
    }
    before = answer?.offsetHeight ?? 0;
  }
}

/** @param {(answer: HTMLElement) => void} listener  in a presentation, where it may stand on another slide */
export function onBring(listener) {
  listen(document, BRING, (event) => listener(event.detail));
}

/**
 * navigator.clipboard exists on https and localhost only; a classroom may be on plain http.
 *
 * @param {string} text
 * @param {import("./life.js").Root} root
 */
export async function copyText(text, root) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { readonly: "" });
    area.value = text;
    root.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
