// A field that finds nodes by their operation, name, module or line.

import { el } from "../elements.js";

/**
 * @param {(id: string) => void} show  to be called with the node that is to be seen
 * @param {() => void} leave  to be called where the field is left
 */
export function buildFind(show, leave) {
  const field = el("input", { type: "search", class: "find", enterkeyhint: "search" });
  const said = el("span", { class: "where", role: "status" });
  let labels = { search: "", search_found: "", search_none: "" };
  let rows = [];
  let hits = [];
  let at = -1;

  // All words have to stand in what is known of a node; a number alone is a line's.
  function matching(text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    return rows.filter(([name, tensor, module, line]) => words.every((word) =>
      /^\d+$/.test(word) && Number(word) === line
      || [name, tensor, module].some((own) => own.toLowerCase().includes(word))));
  }

  function go(by) {
    if (!hits.length) {
      said.textContent = field.value.trim() ? labels.search_none : "";
      return;
    }
    at = (at + by + hits.length) % hits.length;
    const [name, tensor, module, line, node] = hits[at];
    const count = labels.search_found.replace("{at}", String(at + 1)).replace("{count}", String(hits.length));
    said.textContent = [count, tensor || name, module, line || ""].filter(Boolean).join(" · ");
    show(`node-${node}`);
  }
  field.addEventListener("input", () => {
    hits = matching(field.value);
    at = -1;
    said.textContent = "";
    if (!field.value) leave();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    go(event.shiftKey ? -1 : 1);
    event.preventDefault();
  });

  function draw(data) {
    labels = data.labels;
    rows = data.found ?? [];
    field.hidden = said.hidden = !rows.length;
    field.setAttribute("aria-label", labels.search);
    field.setAttribute("placeholder", labels.search);
  }
  return { field, said, draw };
}
