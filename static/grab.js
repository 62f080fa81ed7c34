// A number that a finger holds: wherever on the page it is grabbed, one view reports it.

import { listen } from "./life.js";

const GRAB = "autograd-explorer:grab";
const PER_PIXEL = 0.02; // by which a number grows while a finger goes up
const STARTS = 4; // px; a press that moves less selects
const BY_KEY = { "+": 0.1, "=": 0.1, "-": -0.1, "−": -0.1, PageUp: 1, PageDown: -1 };

/**
 * hold     a finger, or a key, has taken the number
 * move     it stands elsewhere
 * release  it has been let go
 *
 * @typedef {{ phase: "hold" | "move" | "release", name: string, place: number[], value: number }} Grab
 */

/** @param {Grab} detail */
export function grab(detail) {
  document.dispatchEvent(new CustomEvent(GRAB, { detail }));
}

/** @param {(detail: Grab) => void} listener */
export function onGrab(listener) {
  listen(document, GRAB, (event) => listener(event.detail));
}

/** Two decimals, as the program text has them. @param {number} value */
export const rounded = (value) => Math.round(value * 100) / 100;

/**
 * Lets the numbers in an element be dragged up and down, and be changed by + and −.
 *
 * @param {HTMLElement} element
 * @param {(event: Event) => { name: string, place: number[], value: number } | null} find  the
 *   number that an event is about, if it can be grabbed
 */
export function letGrab(element, find) {
  /** @type {{ name: string, place: number[], from: number, value: number, y: number, moved: boolean } | null} */
  let held = null;
  /** @type {{ name: string, place: number[], value: number } | null} */
  let keyed = null;
  let repeats = false;

  /** @param {Grab["phase"]} phase @param {{ name: string, place: number[], value: number }} number */
  const tell = (phase, { name, place, value }) => grab({ phase, name, place, value });

  element.addEventListener("pointerdown", (event) => {
    const found = event.button === 0 ? find(event) : null;
    if (!found) return;
    held = { ...found, from: found.value, y: event.clientY, moved: false };
  });
  element.addEventListener("pointermove", (event) => {
    if (!held) return;
    const up = held.y - event.clientY;
    if (!held.moved && Math.abs(up) < STARTS) return;
    if (!held.moved) {
      // Not before: a click goes to whatever has captured the pointer.
      element.setPointerCapture(event.pointerId);
      tell("hold", held);
    }
    held.moved = true;
    held.value = rounded(held.from + up * PER_PIXEL);
    tell("move", held);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    element.addEventListener(end, () => {
      if (held?.moved) tell("release", held);
      // The click that follows a drag selects nothing.
      if (held?.moved) element.addEventListener("click", (event) => event.stopImmediatePropagation(), { once: true, capture: true });
      held = null;
    });
  }
  element.addEventListener("keydown", (event) => {
    const by = event.ctrlKey || event.metaKey || event.altKey ? undefined : BY_KEY[event.key];
    const found = by === undefined ? null : (keyed ?? find(event));
    if (!found || by === undefined) return;
    event.preventDefault();
    // As of a slider: one press settles at once, a key that is held down when it is let go.
    if (event.repeat && !repeats) tell("hold", found);
    repeats = event.repeat;
    keyed = { ...found, value: rounded(found.value + by) };
    tell("move", keyed);
  });
  for (const end of ["keyup", "focusout"]) {
    element.addEventListener(end, () => {
      if (keyed && repeats) tell("release", keyed);
      keyed = null;
      repeats = false;
    });
  }
}
