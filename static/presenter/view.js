// Leads through a presentation: its keys, a quiet bar at the foot, and the code for phones.

import { el } from "../elements.js";
import { listen, viewOf, whenGone } from "../life.js";
import { HAS_KEYS_OF_ITS_OWN, step } from "../page.js";
import { buildSlides } from "./slides.js";

const REST = 2500; // ms without a move of the mouse, after which the bar hides
const PATIENCE = 5000; // ms in which the next lesson should have come
const KEYS = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1, " ": 1 };

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, build);
  view.report = setTriggerValue;
  view.show(data);
}

function build(root) {
  const view = { report: (_event, _value) => {}, show };
  const button = (name, sign, then) => {
    const made = el("button", { type: "button", class: name }, sign);
    made.addEventListener("click", then);
    return made;
  };
  const where = el("span", { class: "where", role: "status" });
  const back = button("back", "‹", () => go(-1));
  const forward = button("forward", "›", () => go(1));
  const code = button("code", "", () => view.report("qr", true));
  const notes = button("notes", "", openNotes);
  const stop = button("stop", "", () => view.report("end", true));
  const bar = el("div", { class: "bar", role: "group" }, back, where, forward, code, notes, stop);
  const picture = el("img");
  const way = el("p", { class: "way" });
  const told = el("p", { class: "told" });
  const sheet = el("dialog", {}, picture, way, told);
  root.append(bar, sheet);

  let latest = null;
  let leaves = 0; // until when another lesson is awaited
  const slides = buildSlides(draw);
  /** @type {BroadcastChannel | null} */
  let channel = null;
  whenGone(() => channel?.close());

  /** One step on: what the slide has still to show, what is below on it, a slide, a lesson. */
  function go(by) {
    if (Date.now() < leaves || !slides.settled()) return;
    if (sheet.open) return view.report("qr", true);
    if (by > 0 ? step(by) || scrolled(by) : scrolled(by) || step(by)) return;
    if (slides.go(by) || !(by > 0 ? latest.after : latest.before)) return;
    leaves = Date.now() + PATIENCE;
    view.report("lesson", by > 0);
  }

  function scrolled(by) {
    const page = document.querySelector("[data-testid=stMain]");
    if (!page) return false;
    const before = page.scrollTop;
    page.scrollBy(0, by * 0.8 * page.clientHeight);
    return Math.abs(page.scrollTop - before) > 4;
  }

  // A clicker's keys lead on wherever the focus is, but for a text that is written; they are heard
  // first, for a dial and a number would take them for their own.
  listen(document, "keydown", (event) => {
    const target = event.composedPath()[0];
    if (!event.key.startsWith("Page") || target.matches?.("textarea, [contenteditable]")) return;
    event.preventDefault();
    event.stopPropagation();
    go(KEYS[event.key]);
  }, true);
  listen(document, "keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.composedPath()[0];
    if (target.matches?.(HAS_KEYS_OF_ITS_OWN)) return;
    if (event.key === "q") view.report("qr", true);
    else if (!(event.key in KEYS)) return;
    else if (event.key === " " ? target.matches?.("button, summary, a") : target.matches?.("input")) return;
    else go(KEYS[event.key]);
    event.preventDefault();
  });
  sheet.addEventListener("cancel", (event) => {
    event.preventDefault(); // it closes when the address says so
    view.report("qr", true);
  });
  sheet.addEventListener("click", () => view.report("qr", true));

  let resting = 0;
  function wake() {
    bar.classList.remove("resting");
    clearTimeout(resting);
    resting = setTimeout(() => bar.classList.add("resting"), REST);
  }
  listen(document, "pointermove", wake);
  whenGone(() => clearTimeout(resting));
  wake();

  function openNotes() {
    open(latest.notes, "autograd-explorer-notes", "popup,width=760,height=560");
  }

  // The window with the notes hears where this one stands, and may lead on: the clicker's keys go
  // to whichever of the two has the focus.
  function meet(name) {
    if (channel?.name === name) return;
    channel?.close();
    channel = new BroadcastChannel(name);
    channel.addEventListener("message", ({ data }) => {
      if (data?.by === 1 || data?.by === -1) go(data.by);
      else if (data?.hello) tell();
    });
  }
  function tell() {
    channel?.postMessage({ page: latest.page, place: slides.place(), count: slides.count() });
  }

  function draw() {
    if (!latest) return;
    const { labels } = latest;
    const [place, count] = [slides.place(), slides.count()];
    const slide = labels.slide.replace("{number}", place).replace("{count}", count);
    where.textContent = [latest.place, slide].filter(Boolean).join(" · ");
    back.disabled = place <= 1 && !latest.before;
    forward.disabled = place === count && !latest.after && count > 0;
    tell();
  }

  function show(data) {
    const moved = latest?.page !== data.page;
    latest = data;
    if (moved) leaves = 0;
    const { labels } = data;
    bar.setAttribute("aria-label", labels.bar);
    back.setAttribute("aria-label", labels.back);
    forward.setAttribute("aria-label", labels.forward);
    code.textContent = labels.qr;
    notes.textContent = labels.notes;
    stop.textContent = labels.stop;
    meet(data.channel);
    sheet.setAttribute("aria-label", labels.follow);
    if (data.code) {
      picture.hidden = !data.code.picture;
      if (data.code.picture) picture.src = data.code.picture;
      picture.alt = labels.qr_alt;
      way.textContent = data.code.link;
      told.textContent = data.code.told;
    }
    if (data.code && !sheet.open) sheet.showModal();
    else if (!data.code && sheet.open) sheet.close();
    if (moved) slides.turn();
    draw();
  }
  return view;
}
