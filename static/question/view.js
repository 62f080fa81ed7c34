// A question with its options; once it is answered, which of them holds, and why.

import { el } from "../elements.js";
import { viewOf } from "../life.js";
import { onHands, onStep } from "../page.js";

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
  const voted = el("p", { class: "voted", role: "status" });
  root.append(el("section", { class: "question" }, title, text, options,
    el("div", { class: "foot" }, voted, reveal), verdict));
  const view = { show, answer: (_choice) => {}, reveal: () => {} };
  reveal.addEventListener("click", () => view.reveal());
  // In a presentation the class is shown the answer before it goes on.
  onStep(title, (by) => {
    if (by < 0 || reveal.hidden) return false;
    view.reveal();
    return true;
  });
  onHands(({ form, counts }) => {
    if (asked?.form === form) draw(counts);
  });
  /** @type {{ form: string, told: string, none: string } | null} */
  let asked = null; // of a class
  /** @type {{ button: HTMLButtonElement, mark: HTMLElement, label: HTMLElement, hands: HTMLElement }[]} */
  const rows = [];

  // Buttons, not a radio group: there an arrow key on its way to an answer would give one.
  function newRow(place) {
    const mark = el("span", { class: "mark", "aria-hidden": "true" });
    const label = el("span", { class: "label" });
    const button = el("button", { type: "button" }, mark, label);
    button.addEventListener("click", () => view.answer(place));
    const hands = el("span", { class: "hands" });
    options.append(el("li", {}, button, hands));
    return { button, mark, label, hands };
  }

  // How many hands are up, as numbers and as bars; all bars together are as long as one can be.
  function draw(counts) {
    const all = counts.reduce((sum, count) => sum + count, 0);
    rows.forEach(({ hands }, i) => {
      hands.hidden = !asked;
      hands.style.setProperty("--share", String(all ? (counts[i] ?? 0) / all : 0));
      hands.textContent = String(counts[i] ?? 0);
    });
    if (asked) voted.textContent = all ? asked.told.replace("{count}", String(all)) : asked.none;
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
      row.button.setAttribute("aria-pressed", String(chosen || data.vote === i));
      row.button.classList.toggle("right", told && holds);
      row.button.classList.toggle("wrong", told && !holds);
    });
    asked = data.hands ?? null;
    voted.textContent = data.voted ?? "";
    draw(data.hands?.counts ?? []);
    reveal.textContent = data.reveal;
    reveal.hidden = !data.reveal;
    verdict.hidden = !data.verdict;
    verdict.className = `verdict ${data.verdict?.right ? "right" : "wrong"}`;
    verdict.innerHTML = data.verdict ? data.verdict.html : "";
  }
  return view;
}
