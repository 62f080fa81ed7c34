// Links to other screens: from the museum's wall to its exhibits, from the index to the lessons.

import { around, el } from "./elements.js";

/** @type {string | null} */
let followed = null; // what the reader has come from, until the next screen is there

/**
 * A link that can be copied and opened in a new tab. What it leads to is in the address; "" is the
 * page without any.
 *
 * @param {string} value
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
export function way(value, attributes, ...children) {
  return el("a", { href: "?", ...attributes, "data-value": value }, ...children);
}

/**
 * To be called while a view is built: a plain click on one of its ways is reported, and loads
 * nothing.
 *
 * @param {ShadowRoot} root
 * @param {(way: HTMLAnchorElement) => { key: string, left_behind: string[], here: string | null }} about
 *   the address's key for what a way leads to, the keys that are left behind on the way, and where
 *   the reader is; null where the screen behind the way does not call `arrive`
 * @param {(value: string, way: HTMLAnchorElement) => void} report
 */
export function leadOn(root, about, report) {
  // Questions that are answered change the address without a word to us.
  function refresh() {
    for (const link of root.querySelectorAll("a")) {
      const { key, left_behind } = about(link);
      const there = new URLSearchParams(location.search);
      const page = there.get("page");
      for (const name of left_behind) there.delete(name);
      if (page) there.set("page", page);
      if (link.dataset.value) there.set(key, link.dataset.value);
      link.search = there.toString();
    }
  }
  // Nor does a link have to know before somebody comes to it.
  for (const event of ["pointerover", "pointerdown", "focusin", "keydown", "click"]) {
    root.addEventListener(event, refresh);
  }

  root.addEventListener("click", (event) => {
    const { button, ctrlKey, metaKey, shiftKey, altKey } = /** @type {MouseEvent} */ (event);
    const link = around(event, "a");
    if (!link || button || ctrlKey || metaKey || shiftKey || altKey) return;
    event.preventDefault();
    followed = about(link).here;
    report(link.dataset.value ?? "", link);
  });
  return refresh;
}

/**
 * Begin a screen that the reader has followed a way to: at its top, and with the focus where a
 * reader without eyes goes on. Nothing happens on a screen that was opened by its address.
 *
 * @param {(from: string) => HTMLElement | null} first  what is to have the focus
 */
export function arrive(first) {
  if (followed === null) return;
  const element = first(followed);
  followed = null;
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  element?.focus();
}
