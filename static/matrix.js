// Draw one matrix: a table with numbers while they fit, a canvas when they do not.

import { around, el } from "./elements.js";
import { scale, words } from "./frame.js";
import { letGrab } from "./grab.js";
import { showLetter } from "./letters.js";

const MOST_WITH_NUMBERS = 16; // rows
const WIDEST_CELL = 72;
const LOWEST_CELL = 2;
const DIGIT = 7.3; // width of a character in a cell
const [ROW, HEAD] = [26, 19]; // px of a table's row, with the gap, and of its head
const SIGNED_CELL = 7; // from this size on a cell without numbers holds a sign

// What is not finite: as words, as the text of a cell, and as the sign of a cell without numbers.
export const NONFINITE = [
  { key: "nan", is: Number.isNaN, text: "NaN", sign: "×" },
  { key: "inf", is: (value) => value === Infinity, text: "+∞", sign: "▲" },
  { key: "inf", is: (value) => value === -Infinity, text: "−∞", sign: "▼" },
];
export const NONFINITE_SHORT = { nan: "NaN", inf: "∞" }; // where no single number is meant
const nonfinite = (value) => NONFINITE.find(({ is }) => is(value));

// One kind of mark, and what it means.
export function meaning(kind) {
  return el("span", { class: "meaning" }, el("span", { class: "nonfinite" }, NONFINITE_SHORT[kind]), words()[kind]);
}

// One cell size for the whole group, so that the columns of w.grad and b.grad line up. Many rows are
// lower than they are broad, for the matrix to be no higher than .tallest; from .numbered rows on
// the numbers are left out. No cell is narrower than .least.
export function cellFor(group, room, tallest = Infinity, numbered = MOST_WITH_NUMBERS, least = 3) {
  const drawn = group.matrices.filter((matrix) => matrix.values !== null || matrix.rows);
  const cols = Math.max(1, ...drawn.map((matrix) => matrix.cols));
  const rows = Math.max(1, ...drawn.map((matrix) => matrix.rows));
  const labels = drawn.some((matrix) => matrix.row_labels?.length) ? 58 : 30;
  const fit = (room - labels - cols - 1) / cols; // a pixel lies between two cells
  if (rows <= numbered && fit >= 56) return { width: Math.min(fit, WIDEST_CELL), decimals: 4, labels };
  if (rows <= numbered && fit >= 42) return { width: fit, decimals: 2, labels };
  const width = Math.max(least, Math.min(16, (room - 30) / cols));
  return { width, height: Math.max(LOWEST_CELL, Math.min(width, tallest / rows)), decimals: null, labels: 30 };
}

// on: {say, pick}, each called with (matrix, row, column).
export function buildFigure(box, on) {
  const name = el("span", { class: "name" });
  const shape = el("span", { class: "shape" });
  const marks = el("span", { class: "marks" });
  const body = el("div", { class: "body" });
  box.append(el("figure", {}, el("figcaption", {}, name, " ", shape, marks), body));
  const figure = box.lastElementChild;
  let table = null;
  let canvas = null;

  function draw(matrix, peak, cell, labels) {
    showLetter(name, matrix.name);
    name.className = `name name-${matrix.tone}`;
    shape.textContent = matrix.shape;
    explain(matrix.cells ?? [], cell.decimals === null);
    const kind = matrix.values === null ? "none" : cell.decimals === null ? "canvas" : "table";
    if (figure.dataset.kind !== kind) {
      figure.dataset.kind = kind;
      body.replaceChildren();
      table = canvas = null;
    }
    body.style.minHeight = kind === "none" && cell.decimals !== null ? `${matrix.rows * ROW + (matrix.rows > 1 ? HEAD : 0)}px` : "";
    if (kind === "none") body.textContent = matrix.rows === 1 ? "None" : labels.none;
    else if (kind === "table") (table ??= buildTable(body, on)).draw(matrix, peak, cell);
    else (canvas ??= buildCanvas(body, on)).draw(matrix, peak, cell);
  }

  // What the marks in the cells mean, and how many there are.
  function explain(cells, bare) {
    const found = NONFINITE.map((kind) => [kind, cells.filter(kind.is).length]).filter(([, count]) => count);
    marks.hidden = !found.length;
    marks.replaceChildren(
      ...found.map(([{ key, text, sign }, count]) =>
        el("span", {}, el("span", { class: "nonfinite" }, bare ? `${sign} ${text}` : text), `${words()[key]} × ${count}`)),
    );
  }
  return { box: figure, draw };
}

function buildTable(body, on) {
  const table = el("table", {});
  body.append(table);
  let cells = [];
  let size = "";
  let shown = null;

  const at = (event, then) => {
    const cell = /** @type {HTMLTableCellElement | null} */ (around(event, "td:not(.blank)"));
    const row = cell?.closest("tr");
    if (cell && row) then(shown, row.rowIndex - 1, cell.cellIndex - 1);
  };
  letGrab(table, (event) => {
    let found = null;
    if (shown.draggable) at(event, (...where) => (found = grabbable(...where)));
    return found;
  });
  table.addEventListener("pointerover", (event) => at(event, on.say));
  table.addEventListener("focusin", (event) => at(event, on.say));
  table.addEventListener("click", (event) => {
    at(event, on.say);
    if (shown.selectable) at(event, on.pick);
  });
  table.addEventListener("keydown", (event) => {
    const cell = around(event, "td:not(.blank)");
    if (cell && shown.selectable && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      at(event, on.pick);
      return;
    }
    const index = cell ? moved(event, cells.indexOf(cell), shown.rows, shown.cols) : -1;
    if (index < 0) return;
    event.preventDefault();
    for (const other of cells) other.tabIndex = -1;
    cells[index].tabIndex = 0;
    cells[index].focus();
  });

  function draw(matrix, peak, cell) {
    shown = matrix;
    table.setAttribute("aria-label", `${matrix.name} ${matrix.shape}`);
    const unnamed = matrix.vector && !matrix.row_labels?.length; // its one row
    const now = `${matrix.rows}×${matrix.cols} ${unnamed}`;
    if (size !== now) {
      size = now;
      cells = [];
      const blank = () => el("td", { class: "blank" }); // a header that says nothing is none
      const head = el("tr", {}, blank());
      for (let j = 0; j < matrix.cols; j++) head.append(el("th", { scope: "col" }, String(j)));
      table.replaceChildren(head);
      for (let i = 0; i < matrix.rows; i++) {
        const row = el("tr", {}, unnamed ? blank() : el("th", { scope: "row" }));
        for (let j = 0; j < matrix.cols; j++) {
          const td = el("td", { tabindex: i + j ? "-1" : "0" });
          cells.push(td);
          row.append(td);
        }
        table.append(row);
      }
    }
    table.classList.toggle("selectable", Boolean(matrix.selectable));
    table.classList.toggle("column", Boolean(matrix.vector) && matrix.cols === 1 && matrix.rows > 1);
    table.classList.toggle("row", Boolean(matrix.vector) && matrix.rows === 1);
    table.classList.toggle("draggable", Boolean(matrix.draggable));
    table.style.setProperty("--cell", `${cell.width}px`);
    table.style.setProperty("--labels", `${cell.labels}px`);
    for (let i = 0; i < matrix.rows; i++) {
      const text = matrix.row_labels?.[i] ?? (unnamed ? "" : String(i));
      const head = table.rows[i + 1].cells[0];
      if (head.textContent !== text) head.textContent = text;
    }
    matrix.cells.forEach((value, index) => {
      cells[index].textContent = signed(value, cell);
      cells[index].style.backgroundColor = Number.isFinite(value) ? colour(value, peak) : "";
      cells[index].classList.toggle("nonfinite", !Number.isFinite(value));
      cells[index].classList.toggle("chosen", index === matrix.chosen);
    });
  }
  return { draw };
}

function buildCanvas(body, on) {
  const canvas = el("canvas", { tabindex: "0", role: "img" });
  const cursor = el("span", { class: "cursor", hidden: "" });
  const axis = el("span", { class: "axis" });
  body.append(el("div", { class: "plot" }, canvas, cursor), axis);
  let shown = null;
  let step = 1;
  let tall = 1;
  let index = 0;

  function point(next) {
    index = next;
    const [row, col] = [Math.floor(index / shown.cols), index % shown.cols];
    cursor.hidden = false;
    cursor.style.cssText = `left:${col * step}px;top:${row * tall}px;width:${step}px;height:${tall}px`;
    on.say(shown, row, col);
  }
  const place = () => [shown, Math.floor(index / shown.cols), index % shown.cols];
  const under = (event) => {
    const box = canvas.getBoundingClientRect();
    const col = Math.floor(((event.clientX - box.left) / box.width) * shown.cols);
    const row = Math.floor(((event.clientY - box.top) / box.height) * shown.rows);
    if (row >= 0 && row < shown.rows && col >= 0 && col < shown.cols) point(row * shown.cols + col);
  };
  letGrab(canvas, (event) => {
    if (event instanceof PointerEvent) under(event);
    return shown.draggable ? grabbable(...place()) : null;
  });
  canvas.addEventListener("pointermove", (event) => event.buttons || under(event));
  canvas.addEventListener("click", (event) => {
    under(event);
    if (shown.selectable) on.pick(...place());
  });
  canvas.addEventListener("pointerleave", () => (cursor.hidden = true));
  canvas.addEventListener("blur", () => (cursor.hidden = true));
  canvas.addEventListener("focus", () => point(Math.min(index, shown.cells.length - 1)));
  canvas.addEventListener("keydown", (event) => {
    if (shown.selectable && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      on.pick(...place());
      return;
    }
    const next = moved(event, index, shown.rows, shown.cols);
    if (next < 0) return;
    event.preventDefault();
    point(next);
  });

  function draw(matrix, peak, cell) {
    shown = matrix;
    canvas.classList.toggle("draggable", Boolean(matrix.draggable));
    // A single row or column is drawn thicker than it is long.
    step = matrix.cols === 1 ? Math.max(cell.width, 16) : cell.width;
    cursor.hidden = true;
    tall = matrix.rows === 1 ? Math.max(cell.height, 16) : cell.height;
    const ratio = window.devicePixelRatio || 1;
    const [wide, high] = [matrix.cols * step, matrix.rows * tall];
    canvas.style.width = `${wide}px`;
    canvas.style.height = `${high}px`;
    canvas.width = Math.round(wide * ratio);
    canvas.height = Math.round(high * ratio);
    const marks = NONFINITE.filter(({ is }) => matrix.cells.some(is)).map(({ text }) => text);
    canvas.setAttribute("aria-label", [`${matrix.name} ${matrix.shape}`, ...marks].join(", "));
    axis.textContent = matrix.cols > 1 ? `0 … ${matrix.cols - 1}` : "";
    const brush = canvas.getContext("2d");
    if (!brush) return;
    const [gapAcross, gapDown] = [step, tall].map((size) => (size >= 6 ? 1 : 0));
    const theme = getComputedStyle(canvas);
    const [ground, ink] = ["--nonfinite", "--nonfinite-ink"].map((name) => theme.getPropertyValue(name));
    const small = Math.min(step, tall);
    brush.font = `${Math.min(small, 12) * ratio}px ${theme.getPropertyValue("--mono")}`;
    brush.textAlign = "center";
    brush.textBaseline = "middle";
    for (let i = 0; i < matrix.rows; i++) {
      const top = Math.round(i * tall * ratio);
      const bottom = Math.round((i + 1) * tall * ratio) - gapDown;
      for (let j = 0; j < matrix.cols; j++) {
        const value = matrix.cells[i * matrix.cols + j];
        const left = Math.round(j * step * ratio);
        const kind = nonfinite(value);
        brush.fillStyle = kind ? ground : colour(value, peak);
        brush.fillRect(left, top, Math.round((j + 1) * step * ratio) - gapAcross - left, bottom - top);
        if (i * matrix.cols + j === matrix.chosen) {
          brush.strokeStyle = theme.getPropertyValue("--cell-ink");
          brush.lineWidth = 2;
          brush.strokeRect(left, top, Math.round(step * ratio), Math.round(tall * ratio));
        }
        if (kind && small >= SIGNED_CELL) {
          brush.fillStyle = ink;
          brush.fillText(kind.sign, left + (step * ratio) / 2, (top + bottom) / 2);
        }
      }
    }
  }
  return { draw };
}

// The indices of a cell; of a vector, which may stand upright, there is one.
function placeOf({ vector, cols }, row, col) {
  return vector ? [cols === 1 ? row : col] : [row, col];
}

// A cell as grab.js tells of it; NaN and infinity are no numbers to drag.
function grabbable(matrix, row, col) {
  const value = matrix.cells[row * matrix.cols + col];
  return Number.isFinite(value) ? { name: matrix.name, place: placeOf(matrix, row, col), value } : null;
}

function moved(event, index, rows, cols) {
  const [row, col] = [Math.floor(index / cols), index % cols];
  const to = {
    ArrowLeft: [row, col - 1], ArrowRight: [row, col + 1], ArrowUp: [row - 1, col],
    ArrowDown: [row + 1, col], Home: [row, 0], End: [row, cols - 1],
  }[event.key];
  if (!to || to[0] < 0 || to[0] >= rows || to[1] < 0 || to[1] >= cols) return -1;
  return to[0] * cols + to[1];
}

export function decode(matrix) {
  if (matrix.values === null) return matrix;
  const bytes = Uint8Array.from(atob(matrix.values), (letter) => letter.charCodeAt(0));
  const cells = matrix.wide ? new Float64Array(bytes.buffer) : new Float32Array(bytes.buffer);
  return { ...matrix, cells };
}

export function colour(value, peak) {
  const stops = scale();
  const place = ((Math.max(-1, Math.min(1, value / peak)) + 1) / 2) * (stops.length - 1);
  const [at, part] = [Math.min(Math.floor(place), stops.length - 2), place % 1];
  const share = place === stops.length - 1 ? 1 : part;
  const mixed = stops[at].map((low, k) => Math.round(low + (stops[at + 1][k] - low) * share));
  return `rgb(${mixed.join(",")})`;
}

// As many digits as a cell holds.
function signed(value, { decimals, width }) {
  const odd = nonfinite(value);
  if (odd) return odd.text;
  const size = Math.abs(value);
  const power = (digits) => size.toExponential(digits).replace("e+", "e");
  const texts = [size < 1e9 ? size.toFixed(decimals) : power(2), power(2), power(1), power(0)];
  const text = texts.find(({ length }) => (length + 1) * DIGIT <= width) ?? texts.at(-1);
  return value === 0 ? text : (value < 0 ? "−" : "+") + text;
}

function exact(value) {
  const odd = nonfinite(value);
  if (odd) return odd.text;
  return (value < 0 || Object.is(value, -0) ? "-" : "+") + Math.abs(value).toPrecision(8);
}

// One cell in words: its name, its place, and all its digits.
export function reading(matrix, row, col) {
  return `${matrix.name}[${placeOf(matrix, row, col).join(", ")}] = ${exact(matrix.cells[row * matrix.cols + col])}`;
}
