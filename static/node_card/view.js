// One node's card: words, formulas, and equations whose terms are heatmaps.

import { el } from "../elements.js";
import { icons } from "../frame.js";
import { icon } from "../icons.js";
import { onWidth, viewOf } from "../life.js";
import { buildFigure, cellFor, decode, reading } from "../matrix.js";

const TALLEST = 240; // px of a matrix without numbers

export default function ({ data, parentElement }) {
  viewOf(parentElement, build)(data);
}

function build(root) {
  const card = el("section", { class: "card" });
  const readout = el("div", { class: "readout", role: "status" });
  root.append(card, readout);
  let latest = null;
  let width = 0;
  let rooms = null; // how broad the columns are, which follows from the width alone

  onWidth(root.host ?? card, (now) => {
    [width, rooms] = [now, null];
    draw();
  });

  const on = {
    pick: () => {},
    say: (matrix, row, col) => {
      readout.textContent = reading(matrix, row, col);
    },
  };

  function figure(parent, matrix, room) {
    const cell = cellFor({ matrices: [matrix] }, Math.min(room, width), TALLEST);
    buildFigure(parent, on).draw(decode(matrix), matrix.peak || 1, cell, latest.labels);
  }

  let column = card; // what is being filled
  function part(title, ...children) {
    column.append(el("h4", {}, title), ...children);
  }

  // How many there are besides those shown.
  function more(name) {
    if (latest.more[name]) column.append(el("p", {}, latest.more[name]));
  }

  function draw() {
    if (!latest || !width) return;
    const { labels } = latest;
    readout.textContent = "";
    const title = el("h3", {}, latest.title);
    if (latest.variable) title.append(" ", el("span", { class: `name-${latest.variable}` }, latest.variable));
    const [facts, numbers] = [el("div", { class: "facts" }), el("div", { class: "numbers" })];
    card.replaceChildren(title, el("div", { class: "columns" }, facts, numbers));
    rooms ??= { facts: facts.clientWidth, numbers: numbers.clientWidth };
    column = facts;
    if (latest.starts) facts.append(el("p", {}, latest.starts));
    if (latest.place) facts.append(el("p", { class: "place" }, latest.place));
    if (latest.note) facts.append(el("p", {}, latest.note));
    if (latest.forward) part(labels.card_forward, el("p", { class: "math" }, latest.forward), el("p", { class: "signature" }, latest.signature));
    if (latest.upstream.length || latest.more.upstream) {
      const row = el("div", { class: "row" });
      part(labels.card_upstream, row);
      latest.upstream.forEach((matrix) => figure(row, matrix, rooms.facts));
      more("upstream");
    }
    if (latest.saved.length) {
      const head = ["", "", labels.card_bytes, ""].map((text) => el(text ? "th" : "td", {}, text));
      part(labels.card_saved, el("div", { class: "scroll", role: "group", "aria-label": labels.card_saved, tabindex: 0 }, el("table", { class: "saved" }, el("tr", {}, ...head),
        ...latest.saved.map(savedRow))));
      more("saved");
    }
    column = numbers;
    if (latest.formulas.length) {
      part(labels.card_formula, el("dl", {}, ...latest.formulas.flatMap(([name, text]) => [el("dt", {}, name), el("dd", {}, text)])));
    }
    if (latest.sends.length || latest.more.sends) {
      const row = el("div", { class: "row" });
      part(labels.card_sends, row);
      latest.sends.forEach((matrix) => figure(row, matrix, rooms.numbers));
      more("sends");
    }
    if (latest.equations.length) part(labels.card_numbers);
    for (const equation of latest.equations) drawEquation(equation);
  }

  function savedRow([name, what, size, state, sign]) {
    const held = el("td", {}, ...(sign in icons() ? [icon(sign), " "] : []), state);
    return el("tr", {}, ...[name, what, size].map((text) => el("td", {}, text)), held);
  }

  function drawEquation(equation) {
    const row = el("div", { class: "row equation" });
    const sign = (text) => row.append(el("span", { class: "sign" }, text));
    equation.terms.forEach((term, i) => {
      if (i) sign(equation.operators[i - 1]);
      figure(row, term, 260);
    });
    if (equation.summed) row.append(el("span", { class: "summed" }, equation.summed));
    sign("=");
    figure(row, equation.result, 320);
    column.append(
      el("p", { class: "math" }, el("b", {}, equation.title), "   ", equation.text),
      row,
      el("p", { class: "check" }, equation.agrees ? "✓ " : "✗ ", equation.check),
    );
  }

  return (data) => {
    latest = data;
    draw();
  };
}
