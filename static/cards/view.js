// Cards that are links: a picture, a title, a claim, and how far the reader is.

import { el } from "../elements.js";
import { viewOf } from "../life.js";
import { leadOn, way } from "../ways.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, build);
  view.open = (page) => setTriggerValue("open", page);
  view.show(data);
}

function build(root) {
  const list = el("ol", { class: "cards" });
  root.append(list);
  const view = { show, open: (_page) => {} };
  let latest = null;
  const about = () => ({ key: "page", left_behind: latest.left_behind, here: null });
  const refresh = leadOn(root, about, (page) => view.open(page));

  function show(data) {
    if (JSON.stringify(data) === JSON.stringify(latest)) return;
    latest = data;
    list.replaceChildren(...data.cards.map((card) => el("li", {}, cardOf(card))));
    refresh();
  }
  return view;
}

function cardOf(card) {
  const picture = el("span", { class: "picture" });
  picture.innerHTML = card.picture; // made by components/thumbnail.py, of numbers alone
  const title = `${card.number} ${card.title}`.trim();
  return way(card.page, { class: `card ${card.state}` },
    picture,
    el("span", { class: "head" }, el("b", {}, title), el("span", { class: "told" }, card.told)),
    el("span", { class: "claim" }, card.claim));
}
