// Dials that report while they move. One object a mount, kept between updates, so that the
// element under the finger is never rebuilt.

import { el } from "../elements.js";
import { viewOf, whenGone } from "../life.js";

const EVERY = 50; // ms between two reports, at least
const PATIENCE = 1000; // ms to wait for what a report brings, at most

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, (root) => build(root, data));
  view.send = (move) => setTriggerValue("move", move);
  view.show(data);
}

function build(root, first) {
  const form = el("form", { class: "dials" });
  form.addEventListener("submit", (event) => event.preventDefault());
  root.append(form);

  let values = { ...first.values };
  let latest = first;
  let timer = 0;
  let waiting = null; // the report to send next; a newer one takes its place
  let sent = { at: -PATIENCE, move: first.values };
  let answered = true;
  let held = null; // the input being dragged, or whose arrow key is held down
  const view = { send: () => {}, show };
  const shows = [];

  // One report at a time, so that none queue up however slow the way is; what settles goes at once.
  function report(settled) {
    waiting = { ...values, settled };
    next();
  }

  function next() {
    clearTimeout(timer);
    if (!waiting) return;
    const now = performance.now();
    const due = waiting.settled ? now : sent.at + (answered ? EVERY : PATIENCE);
    if (now < due) {
      timer = setTimeout(next, due - now);
      return;
    }
    const { settled, ...moved } = waiting;
    sent = { at: now, move: moved };
    answered = same(latest.values, moved); // then nothing new will come
    waiting = null;
    view.send({ ...moved, settled });
  }

  whenGone(() => {
    clearTimeout(timer);
    waiting = null;
  });

  function change(name, value, settled) {
    if (values[name] === value && !settled) return;
    values = { ...values, [name]: value };
    paint();
    report(settled);
  }

  // Sliders: a press of an arrow key settles at once; a held key and a drag settle on release.
  function slider(name, max, toValue = Number) {
    const input = el("input", { type: "range", id: name, min: latest.ranges[name][0], max });
    let byKey = false; // a held key fires "change" at every repetition
    const hold = (key) => ([held, byKey] = [input, key]);
    input.addEventListener("pointerdown", () => hold(false));
    input.addEventListener("keydown", (event) => event.repeat && hold(true));
    input.addEventListener("input", () => change(name, toValue(input.value), held !== input));
    const release = () => {
      if (held !== input) return;
      held = null;
      change(name, toValue(input.value), true);
    };
    input.addEventListener("keyup", release);
    input.addEventListener("change", () => byKey || release());
    input.addEventListener("blur", release);
    return input;
  }

  function field(name, ...controls) {
    const text = el("label", { for: name });
    const box = el("div", { class: `field ${name}` }, text, ...controls);
    form.append(box);
    return text;
  }

  for (const name of ["n_in", "n_out"]) {
    const input = slider(name, first.ranges[name][1]);
    const output = el("output", { for: name });
    const text = field(name, el("div", { class: "row" }, input, output));
    shows.push(() => {
      text.textContent = latest.labels[name];
      output.textContent = values[name];
      if (held !== input) input.value = values[name];
    });
  }

  {
    const input = slider("seed", first.small_seeds);
    const [low, high] = first.ranges.seed;
    const number = el("input", { type: "number", min: low, max: high, step: 1, inputmode: "numeric" });
    number.addEventListener("change", () => {
      const typed = Math.min(high, Math.max(low, Math.round(Number(number.value))));
      if (number.value !== "" && Number.isFinite(typed)) change("seed", typed, true);
      paint();
    });
    const text = field("seed", el("div", { class: "row" }, input, number));
    shows.push(() => {
      text.textContent = latest.labels.seed;
      number.setAttribute("aria-label", latest.labels.seed_type);
      number.value = values.seed;
      if (held !== input) input.value = Math.min(values.seed, latest.small_seeds);
      input.setAttribute("aria-valuetext", String(values.seed));
      input.classList.toggle("beyond", values.seed > latest.small_seeds);
    });
  }

  for (const name of ["x", "y"]) {
    const select = el("select", { id: name });
    select.addEventListener("change", () => change(name, select.value, true));
    const text = field(name, select);
    shows.push(() => {
      text.textContent = latest.labels[name];
      const wanted = JSON.stringify(latest.fills[name]);
      if (select.dataset.fills !== wanted) {
        select.dataset.fills = wanted;
        select.replaceChildren(
          ...latest.fills[name].map(([value, label]) => el("option", { value }, label)),
        );
      }
      select.value = values[name];
    });
  }

  {
    const toggle = el("button", { type: "button", role: "switch", id: "recording" },
      el("span", { class: "knob" }), el("span", { class: "word" }));
    toggle.addEventListener("click", () => change("recording", !values.recording, true));
    const text = field("recording", toggle);
    shows.push(() => {
      text.textContent = latest.labels.recording;
      toggle.setAttribute("aria-checked", String(values.recording));
      toggle.querySelector(".word").textContent =
        latest.labels[values.recording ? "recording_on" : "recording_off"];
    });
  }

  {
    const list = el("div", { class: "presets", role: "group" });
    form.append(list);
    shows.push(() => {
      form.setAttribute("aria-label", latest.labels.dials);
      list.setAttribute("aria-label", latest.labels.presets);
      while (list.children.length < latest.presets.length) {
        const index = list.children.length;
        const button = el("button", { type: "button" });
        button.addEventListener("click", () => {
          values = { ...latest.presets[index].values };
          paint();
          report(true);
        });
        list.append(button);
      }
      latest.presets.forEach((preset, index) => {
        const button = list.children[index];
        const pressed = same(values, preset.values);
        button.textContent = preset.label;
        button.title = preset.note;
        button.setAttribute("aria-pressed", String(pressed));
        button.setAttribute("aria-description", preset.note);
      });
    });
  }

  function paint() {
    for (const part of shows) part();
    for (const part of form.children) {
      part.hidden = latest.hidden.some((name) => part.classList.contains(name));
    }
  }

  function show(data) {
    latest = data;
    // What comes back is old while the finger moves, and while a later report is under way.
    answered ||= same(data.values, sent.move) || performance.now() > sent.at + PATIENCE;
    if (!held && !waiting && answered) values = { ...data.values };
    paint();
    requestAnimationFrame(next); // once what came along is on the page too
  }
  return view;
}

// Whether all that the second holds stands in the first.
function same(values, others) {
  return Object.entries(others).every(([key, value]) => values[key] === value);
}
