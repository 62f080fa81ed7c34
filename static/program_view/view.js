// A program with line numbers, and beside each line what it did. A line that recorded nodes can
// be chosen: the graph lights them.

import { around, el } from "../elements.js";
import { python } from "../frame.js";
import { buildLetter, hasNote, onLetters } from "../letters.js";
import { viewOf } from "../life.js";
import { meaning } from "../matrix.js";
import { copyText, onLight, onMoment } from "../page.js";
import { coloured, pieces } from "../python.js";
import { markOf } from "./marks.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, build);
  view.select = (text) => setTriggerValue("selection", text);
  view.show(data);
}

function build(root) {
  const list = el("ol", {});
  const copy = el("button", { type: "button", class: "copy" });
  const said = el("span", { class: "said", role: "status" });
  const legend = el("p", { class: "legend" });
  root.append(el("div", { class: "program" }, el("div", { class: "bar" }, said, copy), list, legend));
  let latest = null;
  /** @type {{ source: string | null, lines: import("../python.js").Piece[][] }} */
  let code = { source: null, lines: [] };
  const rows = [];
  /** @type {Set<string>} */
  const unfolded = new Set(); // folds that the reader has opened, as "first-last"
  const folds = [];
  /** @type {import("../page.js").Moment | null} */
  let played = null;
  const numberOf = (item) => (latest.base ?? 0) + item.value; // what others call a line: of several files, .base is where the numbers of this one begin

  copy.addEventListener("click", async () => {
    await copyText(latest.source, root);
    said.textContent = latest.labels.copied;
    setTimeout(() => (said.textContent = ""), 2000);
  });
  list.addEventListener("click", (event) => {
    const item = around(event, "li");
    if (item?.classList.contains("recorded")) view.select(`line-${numberOf(item)}`);
  });
  onLight(({ lines }) => {
    for (const { item } of rows) item.classList.toggle("lit", lines.includes(numberOf(item)));
  });
  onMoment((moment) => {
    played = moment;
    follow();
  });

  onLetters(() => latest && show(latest));

  // The line that runs, and the notes that are not true yet.
  function follow() {
    for (const { item, pick } of rows) {
      const now = played !== null && numberOf(item) === played.line;
      item.classList.toggle("now", now);
      item.classList.toggle("later", Boolean(played?.ran && !played.ran.includes(numberOf(item))));
      if (now) pick.setAttribute("aria-current", "step");
      else pick.removeAttribute("aria-current");
    }
  }

  function newRow(number) {
    const pick = el("button", { type: "button", class: "number" });
    const code = el("code", {});
    const note = el("span", { class: "note" });
    const item = el("li", { value: number }, pick, code, note);
    list.append(item);
    pick.textContent = number;
    return { item, pick, code, note, text: "", noted: "" };
  }

  // Lines that do not matter here stand behind one row, which opens them.
  function fold(ranges) {
    for (const row of folds.splice(0)) row.remove();
    for (const { item } of rows) item.hidden = false;
    for (const [first, last, text] of ranges) {
      const name = `${first}-${last}`;
      if (unfolded.has(name)) continue;
      const open = el("button", { type: "button", class: "unfold", "aria-expanded": "false" }, text);
      open.addEventListener("click", () => {
        unfolded.add(name);
        fold(ranges);
        rows[first - 1].pick.focus();
      });
      const item = el("li", { class: "fold", value: first }, open);
      rows[first - 1].item.before(item);
      folds.push(item);
      for (const { item } of rows.slice(first - 1, last)) item.hidden = true;
    }
  }

  function show(data) {
    latest = data;
    const { first = 1 } = data;
    list.setAttribute("aria-label", data.labels.program);
    copy.textContent = data.labels.copy;
    while (rows.length > data.lines.length) rows.pop().item.remove();
    if (code.source !== data.source) code = { source: data.source, lines: pieces(data.source, python()) };
    const told = new Set(); // words whose note is offered already: the first of each is enough
    data.lines.forEach(({ note = "", marks = [], is = [] }, index) => {
      const row = (rows[index] ??= newRow(index + first));
      const noting = code.lines[index].map(([, word]) => hasNote(word) && !told.has(word) && Boolean(told.add(word)));
      const text = JSON.stringify([code.lines[index], noting]);
      if (row.text !== text) {
        row.text = text;
        row.code.replaceChildren(...indented(coloured(code.lines[index]).map((piece, i) => (noting[i] ? asLetter(piece) : piece))));
      }
      const noted = JSON.stringify([marks, note]);
      if (row.noted !== noted) {
        row.noted = noted;
        row.note.replaceChildren(...marks.map(markOf), ...(note ? [note] : []));
      }
      const states = new Set(is);
      row.pick.disabled = !states.has("recorded");
      row.pick.setAttribute("aria-label", `${data.labels.line} ${index + first}`);
      row.pick.setAttribute("aria-pressed", String(states.has("chosen")));
      for (const name of ["recorded", "chosen", "lit", "failed", "striking"]) {
        row.item.classList.toggle(name, states.has(name));
      }
    });
    fold(data.folds ?? []);
    follow();
    const kinds = new Set(data.lines.flatMap(({ marks = [] }) => marks.map(({ kind }) => kind)));
    legend.hidden = !kinds.size;
    legend.replaceChildren(...["nan", "inf"].filter((kind) => kinds.has(kind)).map(meaning));
  }
  const view = { show, select: (_line) => {} };
  return view;
}

// A line whose rows all begin at its indent, where it takes several: the indent, and the rest.
function indented(line) {
  if (!line.length) return [];
  const [first, ...others] = line;
  const [indent] = typeof first === "string" ? first.match(/^ */) ?? [""] : [""];
  const rest = indent ? [first.slice(indent.length), ...others] : line;
  return [el("span", { class: "indent" }, indent), el("span", { class: "rest" }, ...rest)];
}

// A word of the program as a button that opens its note; it keeps its colour.
function asLetter(piece) {
  const { className = "", textContent } = piece instanceof Element ? piece : { textContent: piece };
  return el("span", { class: className }, buildLetter(textContent));
}
