// The examples, as questions that people ask, each with what to look at: a list that opens over the
// page, and closes by Escape.

import { around, el } from "../elements.js";

/**
 * @typedef {Object} Example
 * @property {string} name
 * @property {string} question
 * @property {string} look
 */

/** @param {(name: string) => void} choose */
export function buildChoosing(choose) {
  const open = el("button", { type: "button", class: "open", popovertarget: "examples" });
  const list = el("ul", { id: "examples", popover: "auto" });
  const question = el("b", {});
  const look = el("span", { class: "look" });
  const node = el("div", { class: "head" }, open, el("p", { class: "question" }, question, " ", look), list);
  list.addEventListener("click", (event) => {
    const button = around(event, "button");
    if (!button?.value) return;
    list.hidePopover();
    choose(button.value);
  });
  list.addEventListener("toggle", () => {
    const first = list.querySelector("button[aria-current]") ?? list.querySelector("button");
    if (list.matches(":popover-open") && first instanceof HTMLElement) first.focus();
  });
  let told = "";

  /**
   * @param {Example[]} examples
   * @param {string} chosen  the name of one, or "" for a program of the reader's own
   * @param {Record<string, string>} labels
   */
  function show(examples, chosen, labels) {
    const now = JSON.stringify([examples, chosen]);
    if (now === told) return;
    told = now;
    open.textContent = labels.examples;
    list.setAttribute("aria-label", labels.examples);
    const one = examples.find(({ name }) => name === chosen);
    question.replaceChildren(...spelled(one?.question ?? labels.own));
    look.replaceChildren(...spelled(one?.look ?? ""));
    list.replaceChildren(...examples.map((example) => {
      const button = el("button", { type: "button", value: example.name }, el("b", {}, ...spelled(example.question)), el("span", {}, ...spelled(example.look)));
      if (example.name === chosen) button.setAttribute("aria-current", "true");
      return el("li", {}, button);
    }));
  }
  return { node, show };
}

/** Between backquotes stands code. */
function spelled(text) {
  return text.split("`").map((part, i) => (i % 2 ? el("code", {}, part) : part));
}
