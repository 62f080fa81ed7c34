// The way back to the museum's wall, and on to the exhibits beside this one.

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
  const nav = el("nav", { tabindex: -1 });
  root.append(nav);
  let latest = null;
  const about = () => ({ key: "exhibit", left_behind: latest.left_behind, here: latest.here });
  const refresh = leadOn(root, about, (value) => view.report("open", value));

  function show(data) {
    if (JSON.stringify(data) === JSON.stringify(latest)) return;
    latest = data;
    nav.ariaLabel = data.named;
    nav.replaceChildren(
      way("", {}, `← ${data.wall}`),
      el("span", { class: "place" }, data.place),
      beside(data.previous, "‹ ", ""),
      beside(data.next, "", " ›"));
    refresh();
    arrive(() => nav);
  }

  function beside(there, before, behind) {
    const label = `${before}${there.label}${behind}`;
    if (!there.name) return el("span", { class: "none" }, label);
    return way(there.name, { title: there.title, "aria-label": `${there.label}: ${there.title}` }, label);
  }
  return view;
}
