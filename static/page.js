// What views do to the page around them.

import { el } from "./elements.js";
import { listen } from "./life.js";

const LIGHT = "autograd-explorer:light";
const MOMENT = "autograd-explorer:moment";

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
 * Where a program stands while it is played. The ids are those of boxes and links of the graph.
 *
 * @typedef {Object} Moment
 * @property {string | null} graph     the key of the graph that is meant; null means any
 * @property {number | null} line      the line that runs; null when the program has ended
 * @property {number[] | null} ran     lines whose notes are true by now; null means all
 * @property {string[] | null} drawn   what exists: "node-3", "edge-3-0"; null means all
 * @property {string[]} fired          what backward has gone through
 * @property {string[]} now            what it is going through
 * @property {Record<string, string>} waits  "node-2" → "1 / 2", gradients that have arrived there
 * @property {string[]} filled         the names of the leaves whose .grad is there
 */

/** @type {Moment | null} */
let current = null; // for views that are built while a program stands somewhere

/** @param {Moment | null} detail - null when nothing is played any more */
export function moment(detail) {
  current = detail;
  const ended = { graph: null, line: null, ran: null, drawn: null, fired: [], now: [], waits: {}, filled: [] };
  document.dispatchEvent(new CustomEvent(MOMENT, { detail: detail ?? ended }));
}

/** @param {(detail: Moment) => void} listener */
export function onMoment(listener) {
  listen(document, MOMENT, (event) => listener(event.detail));
  if (current) listener(current);
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
    if (answer && answer.offsetHeight === before) {
      answer.scrollIntoView({ block: "nearest", behavior: smooth ? "smooth" : "auto" });
      voice.textContent = answer.innerText.split("\n")[0];
      return;
    }
    before = answer?.offsetHeight ?? 0;
  }
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
