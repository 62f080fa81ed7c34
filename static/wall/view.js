// The museum's wall: rooms of cards, each of which leads to its exhibit.

import { el } from "../elements.js";
import { viewOf } from "../life.js";
import { arrive, leadOn, way } from "../ways.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, build);
  view.report = setTriggerValue;
  view.show(data);
}

function build(root) {
  const view = { report: (_event, _value) => {}, show };
  const bar = el("progress", {});
  const count = el("span", {});
  const rooms = el("div", { class: "rooms" });
  root.append(el("div", { class: "progress" }, bar, count), rooms);
  let latest = null;
  const about = () => ({ key: "exhibit", left_behind: latest.left_behind, here: "" });
  const refresh = leadOn(root, about, (value) => view.report("open", value));

  function show(data) {
    if (JSON.stringify(data) === JSON.stringify(latest)) return;
    latest = data;
    bar.max = data.all;
    bar.value = data.done;
    bar.ariaLabel = count.textContent = data.progress;
    rooms.replaceChildren(...data.rooms.map(({ title, cards }) =>
      el("section", {}, el("h2", {}, title), el("ul", { role: "list" }, ...cards.map((card) => draw(card, data.labels))))));
    refresh();
    arrive((from) => root.querySelector(`a[data-value="${from}"]`));
  }
  return view;
}

// The link covers the card, and is named by its title alone.
function draw({ name, number, title, kind, told, solved, cure }, labels) {
  const head = el("div", { class: "head" }, el("span", { class: "number" }, number));
  if (solved) head.append(el("span", { class: "solved" }, `✓ ${labels.solved}`));
  const card = el("li", { class: `card ${kind}` }, head, el("h3", {}, way(name, {}, title)));
  card.append(el("p", { class: "label" }, labels[kind]), el("pre", {}, told));
  if (solved) {
    const text = el("p", { class: "cure" });
    text.innerHTML = cure; // made by prose.py, which escapes whatever it is given
    card.append(text);
  }
  return card;
}
