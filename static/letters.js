// What words of a page stand for. One view, letters/view.js, holds the notes; where such a word
// stands in another view, it is a button that opens the note beside it.

import { el } from "./elements.js";
import { listen } from "./life.js";

const LETTERS = "autograd-explorer:letters";
const WIDE = 408; // px of a note and its gap, at most; the rest is in components/theme.py
const GAP = 6; // px between a word and its note

/** @type {Map<string, HTMLElement>} */
let notes = new Map();

/** @param {Map<string, HTMLElement>} now */
export function tellLetters(now) {
  notes = now;
  document.dispatchEvent(new CustomEvent(LETTERS));
}

/**
 * To be called while a view is built, by one that shows words which may have notes.
 *
 * @param {() => void} then
 */
export function onLetters(then) {
  listen(document, LETTERS, then);
}

/** @param {string} word */
export function hasNote(word) {
  return notes.has(word);
}

/**
 * A word in an element of its own, as a button where there is a note. What stands there already
 * stays, or a button would lose the focus.
 *
 * @param {HTMLElement} parent
 * @param {string} word
 * @param {string} [shown]  the word as it is to be read
 */
export function showLetter(parent, word, shown = word) {
  if (parent.textContent === shown && Boolean(parent.querySelector(".letter")) === notes.has(word)) return;
  parent.replaceChildren(notes.has(word) ? buildLetter(word, shown) : shown);
}

/**
 * @param {string} word
 * @param {string} [shown]
 */
export function buildLetter(word, shown = word) {
  const button = el("button", { type: "button", class: "letter" }, shown);
  button.popoverTargetElement = notes.get(word) ?? null;
  button.addEventListener("click", (event) => {
    event.stopPropagation(); // a line of the program is chosen by a click as well
    const note = /** @type {HTMLElement | null} */ (button.popoverTargetElement);
    if (note) putBeside(note, button);
  });
  return button;
}

/**
 * Below the word, or above it where there is more room; and there again when the page is scrolled.
 *
 * @param {HTMLElement} note
 * @param {HTMLElement} word
 */
function putBeside(note, word) {
  const put = () => {
    const { left, top, bottom } = word.getBoundingClientRect();
    const below = bottom < innerHeight / 2;
    const scale = note.currentCSSZoom ?? 1; // a page that is projected is enlarged
    const px = (/** @type {number} */ value) => `${value / scale}px`;
    note.style.left = px(Math.max(GAP, Math.min(left, innerWidth - WIDE * scale)));
    note.style.top = below ? px(bottom + GAP) : "auto";
    note.style.bottom = below ? "auto" : px(innerHeight - top + GAP);
  };
  put();
  const open = new AbortController();
  addEventListener("scroll", put, { capture: true, passive: true, signal: open.signal });
  note.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "closed") open.abort();
  }, { signal: open.signal });
}
