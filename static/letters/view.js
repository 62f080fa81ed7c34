// The notes on a page's words, unseen until one is opened (static/letters.js).

import { el } from "../elements.js";
import { tellLetters } from "../letters.js";
import { viewOf, whenGone } from "../life.js";

export default function ({ data, parentElement }) {
  viewOf(parentElement, build).show(data);
}

function build(root) {
  let shown = "";
  whenGone(() => tellLetters(new Map()));

  function show(data) {
    const text = JSON.stringify(data);
    if (text === shown) return; // an open note stays open
    shown = text;
    const notes = data.map(([word, html]) => {
      const note = el("div", { popover: "auto", class: "letter-note" });
      note.innerHTML = html; // made by components/letters.py of our own texts
      return [word, note];
    });
    root.replaceChildren(...notes.map(([, note]) => note));
    tellLetters(new Map(notes));
  }
  return { show };
}
