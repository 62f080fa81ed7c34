// The graph as a table: one row a node, from which it can be chosen too.

import { around, el } from "../elements.js";
import { markOf, toldOf } from "./measure.js";

/** @param {(id: string) => void} choose */
export function buildTwin(choose) {
  const table = el("table", { class: "twin", tabindex: -1 });
  table.addEventListener("click", (event) => {
    const id = around(event, "[data-id]")?.dataset.id;
    if (id) choose(id);
  });

  /**
   * @param {any} data
   * @param {any[]} boxes  all that there are, those in others as well
   */
  function draw({ table: { ids, columns, rows }, labels }, boxes) {
    table.setAttribute("aria-label", labels.graph);
    const marks = new Map(boxes.map((box) => [box.id, [markOf(box), ...toldOf(box)].filter(Boolean).join(" ")]));
    const text = JSON.stringify([columns, rows, [...marks]]);
    if (table.dataset.text === text) return; // or the button just pressed would lose the focus
    table.dataset.text = text;
    const row = (cells, kind) => el("tr", {}, ...cells.map((cell) => el(kind, {}, cell)));
    table.replaceChildren(
      row(columns, "th"),
      ...rows.map((cells, i) => {
        const made = row(cells, "td");
        made.cells[0].replaceChildren(el("button", { type: "button", "data-id": ids[i] }, cells[0]));
        const mark = marks.get(ids[i]);
        if (mark) made.cells[0].append(" ", el("span", { class: "nonfinite" }, mark));
        return made;
      }),
    );
  }

  /** @param {string} id */
  function mark(id) {
    for (const pick of table.querySelectorAll("button")) {
      pick.setAttribute("aria-pressed", String(pick.dataset.id === id));
    }
  }
  return { table, draw, mark };
}
