// The row on top of every page, and what its two buttons open.

import { el } from "../elements.js";
import { listen, viewOf } from "../life.js";
import { leadOn, way } from "../ways.js";
import { buildShare } from "./share.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, build);
  view.report = setTriggerValue;
  view.show(data);
}

function build(root) {
  const view = { report: (_event, _value) => {}, show };
  const mark = el("img", { alt: "", width: 26, height: 26 });
  const name = el("span", { class: "name" });
  const pages = el("nav");
  const languages = el("div", { class: "languages", role: "group" });
  const setup = buildSetup((controls) => view.report("present", controls));
  const share = buildShare(root, () => view.report("share", true));
  root.append(
    el("div", { class: "row" },
      el("span", { class: "home" }, mark, name), pages,
      el("div", { class: "tools" }, setup.button, share.button, languages)),
    setup.panel, share.panel);
  // In a shadow root the browser does not hand the focus back itself.
  for (const { button, panel } of [setup, share]) {
    panel.addEventListener("beforetoggle", (event) => {
      const closes = /** @type {ToggleEvent} */ (event).newState === "closed";
      if (closes && panel.contains(root.activeElement)) button.focus();
    });
  }
  let latest = null;

  const about = (link) => link.dataset.event === "go"
    ? { key: "page", left_behind: latest.left_behind, here: null }
    : { key: "lang", left_behind: [], here: null };
  // A way to the page itself is followed too: in the museum it leads back to the wall.
  const refresh = leadOn(root, about, (value, { dataset }) => view.report(dataset.event, value));

  function count() {
    const tab = root.querySelector("[data-value=lessons]");
    if (!tab) return;
    const now = new URLSearchParams(location.search).get("done") ?? "";
    if (tab.dataset.done === now) return; // another key of the address has changed
    tab.dataset.done = now;
    const done = new Set(now.split("."));
    const [some, all] = [latest.lessons.filter((lesson) => done.has(lesson)).length, latest.lessons.length];
    tab.querySelector(".count").textContent = ` ${some}/${all}`;
    tab.querySelector(".unseen").textContent = latest.labels.lessons_done.replace("{done}", some).replace("{all}", all);
  }
  // Firefox and Safari learned this late; there a lesson counts once another page is opened.
  if ("navigation" in globalThis) listen(globalThis.navigation, "currententrychange", count);

  function link(event, value, current, ...children) {
    const made = way(value, { "data-event": event }, ...children);
    if (current) made.ariaCurrent = current;
    return made;
  }

  function show(data) {
    const before = latest && JSON.stringify({ ...latest, share: null });
    latest = data;
    if (data.share) share.answer(data.share);
    if (JSON.stringify({ ...data, share: null }) === before) return;
    const focused = root.activeElement?.dataset.value; // the link just followed keeps the focus
    const { labels, section, page } = data;
    mark.src = data.mark;
    name.textContent = labels.app_title;
    pages.ariaLabel = labels.pages;
    pages.replaceChildren(...data.sections.map(([value, label]) => {
      const current = value === page ? "page" : value === section ? "true" : null;
      const tab = link("go", value, current, label);
      if (value === "lessons") tab.append(el("span", { class: "count", "aria-hidden": "true" }), el("span", { class: "unseen" }));
      return tab;
    }));
    languages.ariaLabel = labels.language;
    languages.replaceChildren(...data.languages.map(([value, label, full]) => {
      const other = link("language", value, value === data.language ? "true" : null, label);
      other.lang = other.hreflang = value;
      other.ariaLabel = full;
      return other;
    }));
    setup.show(data);
    share.show(data);
    refresh();
    count();
    if (focused) root.querySelector(`[data-value="${focused}"]`)?.focus();
  }
  return view;
}

/**
 * What a teacher is asked before a page is projected.
 *
 * @param {(controls: string[]) => void} start
 */
function buildSetup(start) {
  const button = el("button", { type: "button", popovertarget: "setup" });
  const intro = el("p");
  const legend = el("legend");
  const choices = el("div", { class: "choices" });
  const submit = el("button", { class: "first" });
  const panel = el("form", { id: "setup", popover: "" }, intro, el("fieldset", {}, legend, choices), submit);
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    panel.hidePopover();
    start(new FormData(panel).getAll("kept").map(String));
  });

  function show({ controls, labels }) {
    button.textContent = labels.present;
    panel.ariaLabel = labels.present;
    intro.textContent = labels.setup_intro;
    legend.textContent = labels.controls;
    submit.textContent = labels.start;
    choices.replaceChildren(...controls.map(([value, label, kept]) => {
      const box = el("input", { type: "checkbox", name: "kept", value });
      box.checked = kept;
      return el("label", {}, box, label);
    }));
  }
  return { button, panel, show };
}
