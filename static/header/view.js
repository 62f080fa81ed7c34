// The row on top of every page, and what its two buttons open.

import { around, el } from "../elements.js";
import { listen, viewOf } from "../life.js";
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

  // The way to another page is a link like any other: it can be copied and opened in a new tab. It
  // has to say what the address says by then, and a moved dial changes that without a word to us.
  function refresh() {
    if (!latest) return;
    const now = new URLSearchParams(location.search);
    const done = new Set(now.get("done")?.split("."));
    const count = latest.lessons.filter((lesson) => done.has(lesson)).length;
    for (const way of root.querySelectorAll("a")) {
      const { event, value } = way.dataset;
      const there = new URLSearchParams(now);
      if (event === "go") for (const key of latest.left_behind) there.delete(key);
      there.set(event === "go" ? "page" : "lang", value);
      way.search = there.toString();
      if (value !== "lessons") continue;
      const told = latest.labels.lessons_done.replace("{done}", count).replace("{all}", latest.lessons.length);
      way.querySelector(".count").textContent = ` ${count}/${latest.lessons.length}`;
      way.querySelector(".unseen").textContent = told;
    }
  }
  // Firefox and Safari learned this late; there a lesson counts once another page is opened.
  if ("navigation" in globalThis) listen(globalThis.navigation, "currententrychange", refresh);
  for (const event of ["pointerover", "focusin", "click"]) root.addEventListener(event, refresh);

  root.addEventListener("click", (event) => {
    const way = around(event, "a");
    if (!way || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    view.report(way.dataset.event, way.dataset.value); // of the page itself, too: the museum's wall
  });

  function link(event, value, current, ...children) {
    const way = el("a", { href: "?", "data-event": event, "data-value": value }, ...children);
    if (current) way.ariaCurrent = current;
    return way;
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
      const way = link("go", value, current, label);
      if (value === "lessons") way.append(el("span", { class: "count", "aria-hidden": "true" }), el("span", { class: "unseen" }));
      return way;
    }));
    languages.ariaLabel = labels.language;
    languages.replaceChildren(...data.languages.map(([value, label, full]) => {
      const way = link("language", value, value === data.language ? "true" : null, label);
      way.lang = way.hreflang = value;
      way.ariaLabel = full;
      return way;
    }));
    setup.show(data);
    share.show(data);
    refresh();
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
