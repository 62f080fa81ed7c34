// Dials that report while they move. One object a mount, kept between updates, so that the
// element under the finger is never rebuilt.

import { el } from "../elements.js";
import { viewOf, whenGone } from "../life.js";
import { begin, dueAt, reduce, same } from "./reduce.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, (root) => build(root, data));
  view.send = (move) => setTriggerValue("move", move);
  view.show(data);
}

function build(root, first) {
  const form = el("form", { class: "dials" });
  form.addEventListener("submit", (event) => event.preventDefault());
  root.append(form);

  let state = begin(first.values);
  let latest = first;
  let timer = 0;
  const view = { send: (_move) => {}, show };
  /** @type {(() => void)[]} */
  const shows = [];

  /** @param {import("./reduce.js").Event} event */
  function tell(event) {
    const before = state.values;
    state = reduce(state, event);
    if (state.values !== before) paint();
    next();
  }

  function next() {
    clearTimeout(timer);
    const due = dueAt(state);
    if (due === null) return;
    const now = performance.now();
    if (now < due) {
      timer = setTimeout(next, due - now);
      return;
    }
    const { waiting } = state;
    state = reduce(state, { type: "send", now });
    if (waiting) view.send({ ...waiting.values, settled: waiting.settled });
  }

  whenGone(() => tell({ type: "leave" }));

  // Sliders: a press of an arrow key settles at once; a held key and a drag settle on release.
  function slider(dial, max) {
    const input = el("input", { type: "range", id: dial, min: latest.ranges[dial][0], max });
    const place = () => ({ dial, value: Number(input.value) });
    input.addEventListener("pointerdown", () => tell({ type: "hold", dial, byKey: false }));
    input.addEventListener("keydown", (event) => event.repeat && tell({ type: "hold", dial, byKey: true }));
    input.addEventListener("input", () => tell({ type: "move", ...place() }));
    input.addEventListener("change", () => tell({ type: "stop", ...place() }));
    for (const left of ["keyup", "blur"]) {
      input.addEventListener(left, () => tell({ type: "release", ...place() }));
    }
    return input;
  }

  // What is being held stands where the finger is.
  function put(input, value) {
    if (state.held?.dial !== input.id) input.value = String(value);
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
      output.textContent = String(state.values[name]);
      put(input, state.values[name]);
    });
  }

  {
    const input = slider("seed", first.small_seeds);
    const [low, high] = first.ranges.seed;
    const number = el("input", { type: "number", min: low, max: high, step: 1, inputmode: "numeric" });
    number.addEventListener("change", () => {
      const typed = Math.min(high, Math.max(low, Math.round(Number(number.value))));
      if (number.value !== "" && Number.isFinite(typed)) tell({ type: "choose", values: { seed: typed } });
      paint();
    });
    const text = field("seed", el("div", { class: "row" }, input, number));
    shows.push(() => {
      text.textContent = latest.labels.seed;
      number.setAttribute("aria-label", latest.labels.seed_type);
      const { seed } = state.values;
      number.value = String(seed);
      put(input, Math.min(Number(seed), latest.small_seeds));
      input.setAttribute("aria-valuetext", String(seed));
      input.classList.toggle("beyond", Number(seed) > latest.small_seeds);
    });
  }

  for (const name of ["x", "y"]) {
    const select = el("select", { id: name });
    select.addEventListener("change", () => tell({ type: "choose", values: { [name]: select.value } }));
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
      select.value = String(state.values[name]);
    });
  }

  {
    const word = el("span", { class: "word" });
    const toggle = el("button", { type: "button", role: "switch", id: "recording" },
      el("span", { class: "knob" }), word);
    toggle.addEventListener("click", () =>
      tell({ type: "choose", values: { recording: !state.values.recording } }));
    const text = field("recording", toggle);
    shows.push(() => {
      text.textContent = latest.labels.recording;
      toggle.setAttribute("aria-checked", String(state.values.recording));
      word.textContent = latest.labels[state.values.recording ? "recording_on" : "recording_off"];
    });
  }

  {
    const list = el("div", { class: "presets", role: "group" });
    form.append(list);
    /** @type {HTMLButtonElement[]} */
    const buttons = [];
    shows.push(() => {
      form.setAttribute("aria-label", latest.labels.dials);
      list.setAttribute("aria-label", latest.labels.presets);
      while (buttons.length < latest.presets.length) {
        const index = buttons.length;
        const button = el("button", { type: "button" });
        button.addEventListener("click", () =>
          tell({ type: "choose", values: latest.presets[index].values }));
        list.append(button);
        buttons.push(button);
      }
      latest.presets.forEach((preset, index) => {
        const button = buttons[index];
        const pressed = same(state.values, preset.values);
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
      part.toggleAttribute("hidden", latest.hidden.some((name) => part.classList.contains(name)));
    }
  }

  function show(data) {
    latest = data;
    state = reduce(state, { type: "arrive", values: data.values, now: performance.now() });
    paint();
    requestAnimationFrame(next); // once what came along is on the page too
  }
  return view;
}
