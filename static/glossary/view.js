// Terms and their meanings. Pointing at a term or focusing it shows its meaning; a tap or a click
// keeps it.

import { el } from "../elements.js";
import { viewOf } from "../life.js";

export default function ({ data, parentElement }) {
  viewOf(parentElement, build).show(data);
}

function build(root) {
  const row = el("div", { class: "terms", role: "group" });
  const meaning = el("p", { role: "status" });
  root.append(row, meaning);
  let latest = null;
  let kept = -1;

  function open(index) {
    [...row.children].forEach((button, i) => button.setAttribute("aria-expanded", String(i === index)));
    meaning.textContent = index < 0 ? latest.hint : latest.terms[index].join(": ");
  }

  function show(data) {
    if (latest && JSON.stringify(latest) === JSON.stringify(data)) return;
    latest = data;
    kept = -1;
    row.setAttribute("aria-label", data.label);
    row.replaceChildren(
      ...data.terms.map(([term], i) => {
        const button = el("button", { type: "button" }, term);
        button.addEventListener("pointerenter", () => open(i));
        button.addEventListener("pointerleave", () => open(kept));
        button.addEventListener("focus", () => open(i));
        button.addEventListener("blur", () => open(kept));
        button.addEventListener("click", () => open((kept = i)));
        return button;
      }),
    );
    open(-1);
  }
  return { show };
}
