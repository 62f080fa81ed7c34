// One of several, as the browser itself asks for it.

import { el } from "../elements.js";
import { viewOf } from "../life.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, build);
  view.choose = (value) => setTriggerValue("choose", value);
  view.show(data);
}

function build(root) {
  const name = el("span", {});
  const select = el("select", {});
  root.append(el("label", {}, name, select));
  const view = { show, choose: (_value) => {} };
  select.addEventListener("change", () => view.choose(Number(select.value)));

  function show({ label, options, chosen }) {
    name.textContent = label;
    select.replaceChildren(...options.map(([value, text]) => el("option", { value }, text)));
    select.value = String(chosen);
  }
  return view;
}
