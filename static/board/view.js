// Many parts of a page in one element: prose, components in roots of their own, columns, slides,
// and sections that the reader opens.

import { around, el } from "../elements.js";
import { end, viewOf, whenGone } from "../life.js";
import { mount } from "../mounting.js";
import { bring } from "../page.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, build);
  view.report = (...report) => setTriggerValue("report", report);
  view.show(data);
}

function build(root) {
  const board = el("div", { class: "board" });
  root.append(board);
  const view = { report: (..._report) => {}, show: (parts) => arrange(board, parts) };
  // What stands in a component of its own does not come here as itself: its root hides it.
  board.addEventListener("click", (event) => {
    const button = around(event, "button[data-choose]");
    if (!button) return;
    if (button.dataset.choose) view.report("", "choose", button.dataset.choose);
    if (button.dataset.bring) bring(button.dataset.bring);
  });

  function arrange(parent, parts) {
    const standing = [...parent.children];
    const byKey = new Map(standing.map((node) => [node.dataset.key, node]));
    parts.forEach((part, place) => {
      const key = keyOf(part, place);
      const node = byKey.get(key) ?? made(part, key);
      byKey.delete(key);
      if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] ?? null);
      if (part.columns) drawColumns(node, part);
      else if (part.slide) {
        node.dataset.order = part.order;
        arrange(node, part.parts);
      }
      else if (part.title) drawSection(node, part);
      else draw(node, part);
    });
    for (const gone of byKey.values()) {
      letGo(gone);
      gone.remove();
    }
  }

  // The parts in a node that is taken away have timers and listeners of their own.
  function letGo(node) {
    for (const part of [node, ...node.querySelectorAll(".part")]) {
      if (part.shadowRoot) end(part.shadowRoot);
    }
  }
  whenGone(() => letGo(board));

  const keyOf = (part, place) =>
    Array.isArray(part) ? `${part[0]} ${part[1]}` : part.slide ? `slide ${part.slide}` : part.title ? `section ${part.title}` : `${typeof part} ${place}`;

  function made(part, key) {
    if (part.slide) return el("div", { class: "slide", "data-key": key });
    if (part.title) return section(part.title, key);
    const kind = typeof part === "string" ? "prose" : Array.isArray(part) ? "part" : "columns";
    const node = el("div", { class: kind, "data-key": key });
    if (kind === "part") node.attachShadow({ mode: "open" });
    return node;
  }

  // What was not drawn yet is asked for when the reader opens it.
  function section(title, key) {
    const node = /** @type {any} */ (el("details", { class: "section", "data-key": key },
      el("summary", {}, el("h2", {}, title)), el("div", { class: "column" })));
    node.addEventListener("toggle", () => {
      if (node.open && node.undrawn) view.report("", "open", title);
    });
    return node;
  }

  // Each node remembers what it shows: a part that stays the same is not touched.
  function draw(node, part) {
    const text = JSON.stringify(part);
    if (node.shown === text) return;
    node.shown = text;
    if (typeof part === "string") {
      const open = [...node.querySelectorAll("details")].map((details) => details.open);
      const active = /** @type {HTMLElement | null} */ (document.activeElement);
      const pressed = node.contains(active) && active?.dataset.choose;
      node.innerHTML = part; // made by prose.py, which escapes whatever it is given
      node.querySelectorAll("details").forEach((details, i) => (details.open ||= Boolean(open[i])));
      if (pressed) node.querySelector(`[data-choose="${CSS.escape(pressed)}"]`)?.focus();
    } else {
      const [name, key, data] = part;
      const setTriggerValue = (event, value) => view.report(key, event, value);
      mount({ name, data: [data], parentElement: node.shadowRoot, setTriggerValue });
    }
  }

  // What the page opened stays open: it is the reader who closes it.
  function drawSection(node, { open, parts }) {
    if (open && !node.opened) node.open = true;
    node.opened = open;
    node.undrawn = !parts;
    node.lastElementChild.ariaBusy = String(!parts);
    if (parts) arrange(node.lastElementChild, parts);
  }

  function drawColumns(node, { weights, columns }) {
    columns.forEach((parts, i) => {
      const column = node.children[i] ?? node.appendChild(el("div", { class: "column" }));
      column.style.flexGrow = weights[i];
      arrange(column, parts);
    });
  }
  return view;
}
