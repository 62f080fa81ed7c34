// The buttons above a graph: its size, and the table in its place.

import { el, svg } from "../elements.js";

const MANY = 30; // boxes that want a whole screen
const ICONS = {
  smaller: "M3 8 H13",
  larger: "M3 8 H13 M8 3 V13",
  fit: "M2 6 V2 H6 M10 2 H14 V6 M14 10 V14 H10 M6 14 H2 V10 M6 6 H10 V10 H6 Z",
  full: "M9 7 L14 2 M10 2 H14 V6 M7 9 L2 14 M2 10 V14 H6",
};

/**
 * @param {HTMLElement} whole  what fills the screen
 * @param {Record<string, (value?: any) => void>} actions
 */
export function buildTools(whole, actions) {
  const bar = el("div", { class: "tools", role: "toolbar" });
  const button = (name, action) => {
    const made = el("button", { type: "button", class: name });
    if (ICONS[name]) {
      made.append(svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: ICONS[name] })));
    }
    made.addEventListener("click", action);
    bar.append(made);
    return made;
  };
  const where = el("span", { class: "where", role: "status" });
  const buttons = {
    smaller: button("smaller", () => actions.smaller()),
    fit: button("fit", () => actions.fit()),
    larger: button("larger", () => actions.larger()),
    full: button("full", () => (document.fullscreenElement ? document.exitFullscreen() : whole.requestFullscreen())),
    table: button("table", () => actions.table()),
  };
  bar.prepend(where);

  function draw({ labels, tree, boxes }, twinned) {
    for (const [name, node] of Object.entries(buttons)) {
      node.setAttribute("aria-label", labels[name]);
      if (ICONS[name]) node.title = labels[name];
      else node.textContent = labels[name];
    }
    buttons.table.setAttribute("aria-pressed", String(twinned));
    buttons.full.hidden = (boxes.length < MANY && !tree) || !document.fullscreenEnabled;
  }
  return { bar, draw, say: (/** @type {string} */ words) => (where.textContent = words) };
}
