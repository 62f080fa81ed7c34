// Cards that are links: a picture, a title, a claim, and how far the reader is.

import { around, el } from "../elements.js";
import { viewOf } from "../life.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, build);
  view.open = (page) => setTriggerValue("open", page);
  view.show(data);
}

function build(root) {
  const list = el("ol", { class: "cards" });
  root.append(list);
  const view = { show, open: (_page) => {} };
  let told = "";

  list.addEventListener("click", (event) => {
    const way = around(event, "a");
    if (!way || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    view.open(way.dataset.page);
  });

  function show(data) {
    const text = JSON.stringify(data);
    if (text === told) return;
    told = text;
    const there = new URLSearchParams(location.search);
    for (const key of data.left_behind) there.delete(key);
    list.replaceChildren(...data.cards.map((card) => el("li", {}, cardOf(card, there))));
  }

  // The way there is a link like any other: it can be copied, and opened in a new tab.
  function cardOf(card, there) {
    there.set("page", card.page);
    const picture = el("span", { class: "picture" });
    picture.innerHTML = card.picture; // made by components/thumbnail.py, of numbers alone
    const title = `${card.number} ${card.title}`.trim();
    return el("a", { class: `card ${card.state}`, href: `?${there}`, "data-page": card.page },
      picture,
      el("span", { class: "head" }, el("b", {}, title), el("span", { class: "told" }, card.told)),
      el("span", { class: "claim" }, card.claim));
  }
  return view;
}
