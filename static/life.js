// The life of a view: built once a mount, kept between updates, and ended when the page lets go.

import { el } from "./elements.js";
import { words } from "./frame.js";

/** @typedef {HTMLElement | ShadowRoot} Root - what a view is built in */

/** @type {WeakMap<Root, any>} */
const views = new WeakMap();
/** @type {WeakMap<Root, AbortController>} */
const lives = new WeakMap();
/** @type {{ root: Root, signal: AbortSignal } | null} */
let being = null; // the view that is being built

/**
 * The view built for this mount, which outlives updates; its DOM is kept until it is unmounted.
 *
 * @template View
 * @param {Root} root
 * @param {(root: Root) => View} build
 * @returns {View}
 */
export function viewOf(root, build) {
  if (!views.has(root)) {
    const life = new AbortController();
    const outer = being;
    lives.set(root, life);
    being = { root, signal: life.signal };
    try {
      views.set(root, build(root));
    } finally {
      being = outer;
    }
  }
  return views.get(root);
}

function built() {
  if (!being) throw new Error("to be called while a view is built");
  return being;
}

/**
 * To be called while a view is built: what it has set going ends when the page lets go of it.
 *
 * @param {() => void} then
 */
export function whenGone(then) {
  built().signal.addEventListener("abort", then);
}

/**
 * The same for whatever it listens to outside its own elements.
 *
 * @param {EventTarget} target
 * @param {string} event
 * @param {(event: any) => void} listener
 * @param {boolean} [first]  before whatever the event is about hears of it
 */
export function listen(target, event, listener, first = false) {
  target.addEventListener(event, listener, { signal: built().signal, capture: first });
}

/**
 * Calls with the whole width of an element, now and whenever it changes.
 *
 * @param {Element} element
 * @param {(width: number) => void} then
 */
export function onWidth(element, then) {
  const { root } = built();
  let width = 0;
  const observer = new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (now === width) return;
    width = now;
    try {
      then(width);
    } catch (error) {
      fail(root, error);
    }
  });
  observer.observe(element);
  whenGone(() => observer.disconnect());
}

/**
 * A view that fails says so in its place, in the page's language; what happened goes to the console.
 *
 * @param {Root} root
 * @param {unknown} error
 */
export function fail(root, error) {
  console.error(error);
  end(root);
  root.replaceChildren(el("p", { class: "part-failed", role: "alert" }, words().part_failed));
}

/** @param {Root} root */
export function end(root) {
  lives.get(root)?.abort();
  lives.delete(root);
  views.delete(root);
}
