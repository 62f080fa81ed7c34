// A question with its options; once it is answered, which of them holds, and why.

import { el } from "../elements.js";
import { viewOf } from "../life.js";
import { onStep } from "../page.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, build);
  view.answer = (choice) => setTriggerValue("answer", choice);
  view.reveal = () => setTriggerValue("reveal", true);
  view.show(data);
}

function build(root) {
  const title = el("h2", {});
  const text = el("p", { class: "text" });
  const options = el("ol", { class: "options" });
  const verdict = el("div", { class: "verdict", role: "status" });
  const reveal = el("button", { type: "button", class: "reveal" });
  root.append(el("section", { class: "question" }, title, text, options, reveal, verdict));
  const view = { show, answer: (_choice) => {}, reveal: () => {} };
  reveal.addEventListener("click", () => view.reveal());
  // In a presentation the class is shown the answer before it goes on.
  onStep(title, (by) => {
    if (by < 0 || reveal.hidden) return false;
    view.reveal();
    return true;
  });
  /** @type {{ button: HTMLButtonElement, mark: HTMLElement, label: HTMLElement }[]} */
  const rows = [];

  // Buttons, not a radio group: there an arrow key on its way to an answer would give one.
  function newRow(place) {
    const mark = el("span", { class: "mark", "aria-hidden": "true" });
    const label = el("span", { class: "label" });
    const button = el("button", { type: "button" }, mark, label);
    button.addEventListener("click", () => view.answer(place));
    options.append(el("li", {}, button));
    return { button, mark, label };
  }

  function show(data) {
    title.textContent = data.title;
    text.innerHTML = data.text; // made by prose.py, which escapes whatever it is given
    while (rows.length > data.options.length) rows.pop()?.button.parentElement?.remove();
    data.options.forEach(({ label, chosen, holds }, i) => {
      const row = (rows[i] ??= newRow(i));
      row.label.innerHTML = label;
      const told = holds !== null && (chosen || holds);
      row.mark.textContent = told ? (holds ? "✓" : "✗") : String.fromCharCode(65 + i);
      row.button.setAttribute("aria-pressed", String(chosen));
      row.button.classList.toggle("right", told && holds);
      row.button.classList.toggle("wrong", told && !holds);
    });
    reveal.textContent = data.reveal;
    reveal.hidden = !data.reveal;
    verdict.hidden = !data.verdict;
    verdict.className = `verdict ${data.verdict?.right ? "right" : "wrong"}`;
    verdict.innerHTML = data.verdict ? data.verdict.html : "";
  }
  return view;
}
