// Cards that are links, under headings: a title, how far the reader is, and what there is to see.

import { el } from "../elements.js";
import { viewOf } from "../life.js";
import { arrive, leadOn, way } from "../ways.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, build);
  view.open = (value) => setTriggerValue("open", value);
  view.show(data);
}

function build(root) {
  const view = { show, open: (_value) => {} };
  let latest = null;
  const about = () => ({ key: latest.opens, left_behind: latest.left_behind, here: latest.opens === "exhibit" ? "" : null });
  const refresh = leadOn(root, about, (value) => view.open(value));

  function show(data) {
    if (JSON.stringify(data) === JSON.stringify(latest)) return;
    latest = data;
    root.replaceChildren(...data.sections.map(({ title, cards }) => el("section", {},
      ...(title ? [el("h2", {}, title)] : []),
      el("ul", { role: "list" }, ...cards.map((card) => draw(card, title ? "h3" : "h2"))))));
    refresh();
    arrive((from) => root.querySelector(`a[data-value="${from}"]`));
  }
  return view;
}

// The link covers the card, and is named by its title alone.
function draw({ opens, number, title, state, told, text, picture, kind, label, printed }, heading) {
  const card = el("li", { class: `card ${state} ${kind}` });
  if (picture) {
    const drawing = el("div", { class: "picture" });
    drawing.innerHTML = picture; // made by components/thumbnail.py, of numbers alone
    card.append(drawing);
  }
  card.append(el("div", { class: "head" },
    el(heading, {}, el("span", { class: "number" }, number), " ", way(opens, {}, title)),
    el("span", { class: "told" }, told)));
  if (label) card.append(el("p", { class: "label" }, label), el("pre", {}, printed));
  if (text) {
    const words = el("p", { class: "text" });
    words.innerHTML = text; // made by prose.py, which escapes whatever it is given
    card.append(words);
  }
  return card;
}
