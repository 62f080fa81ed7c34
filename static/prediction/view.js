// The loss, large, and one bar an output: the prediction filled from 0, the target as a mark.

import { el } from "../elements.js";
import { viewOf } from "../life.js";

const WITH_NUMBERS = 8;

export default function ({ data, parentElement }) {
  viewOf(parentElement, build)(data);
}

function build(root) {
  const value = el("output", { name: "loss" }) /* found by static/header/picture.js */;
  const meaning = el("p", {});
  const bars = el("ol", { class: "bars" });
  const key = el("p", { class: "key" });
  const number = el("div", { class: "loss" }, el("span", { class: "name" }, "loss"), value);
  root.append(el("div", { class: "prediction" }, number, el("div", {}, bars, key), meaning));
  const rows = [];

  return ({ loss, outputs, labels, meaning: text }) => {
    value.textContent = loss;
    meaning.textContent = text;
    key.textContent = `▮ ${labels.predicted}   ◆ ${labels.wanted}`;
    bars.classList.toggle("many", outputs.length > WITH_NUMBERS);
    while (rows.length > outputs.length) rows.pop().item.remove();
    outputs.forEach(([predicted, wanted, figure], j) => {
      if (!rows[j]) {
        const bar = el("span", { class: "bar" });
        const mark = el("span", { class: "mark" }, "◆");
        const figure = el("span", { class: "figure" });
        const item = el("li", {}, el("span", { class: "track" }, bar, mark), figure);
        bars.append(item);
        rows[j] = { item, bar, mark, figure };
      }
      const row = rows[j];
      row.bar.style.height = `${predicted * 100}%`;
      row.mark.style.bottom = `${wanted * 100}%`;
      row.figure.textContent = figure;
      row.item.title = `${labels.output} ${j}: σ(z) = ${figure}, y = ${wanted}`;
      row.item.setAttribute("aria-label", row.item.title);
    });
  };
}
