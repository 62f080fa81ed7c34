// Which view draws which component, and where it is drawn.

import { fail } from "./life.js";

/**
 * What Streamlit, or a board, calls a component with.
 *
 * @typedef {Object} Component
 * @property {string} name
 * @property {[any]} data  in a list, as components/assets.py sends it
 * @property {import("./life.js").Root} parentElement
 * @property {(event: string, value: unknown) => void} setTriggerValue
 */

/** @typedef {Omit<Component, "data" | "name"> & { data: any }} Shown  what a view is called with */

/** @type {Record<string, (component: Shown) => void>} */
export const views = {};

/** @type {Record<string, CSSStyleSheet[]>} */
export const styles = {};

/** @param {Component} component */
export function mount({ name, data: [data], parentElement, setTriggerValue }) {
  const own = name.split(".").at(-1) ?? name; // Streamlit puts the app's name before it
  // What is not isolated has the styles of the page. Once: a view may add styles of its own.
  if (parentElement instanceof ShadowRoot && !parentElement.adoptedStyleSheets.length) {
    parentElement.adoptedStyleSheets = styles[own];
  }
  [...parentElement.children].find((node) => node.classList.contains("part-failed"))?.remove();
  try {
    views[own]({ data, parentElement, setTriggerValue });
  } catch (error) {
    fail(parentElement, error);
  }
}
