// Dials that report while they move. One object a mount, kept between updates, so that the
// element under the finger is never rebuilt.

import { el, svg } from "../elements.js";
import { viewOf } from "../life.js";
import { same } from "./reduce.js";
import { buildReporting } from "./reporting.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, (root) => build(root, data));
  view.send = (move) => setTriggerValue("move", move);
  view.show(data);
}

// A die that shows five.
function picture() {
  const spots = [[8, 8], [16, 8], [12, 12], [8, 16], [16, 16]];
  return svg("svg", { viewBox: "0 0 24 24", width: 22, height: 22, "aria-hidden": "true" },
    svg("rect", { x: 3, y: 3, width: 18, height: 18, rx: 4, class: "side" }),
    ...spots.map(([cx, cy]) => svg("circle", { cx, cy, r: 1.8 })));
}

function build(root, first) {
  const form = el("form", { class: "dials" });
  form.addEventListener("submit", (event) => event.preventDefault());
  root.append(form);

  let latest = first;
  const view = { send: (_move) => {}, show };
  /** @type {(() => void)[]} */
  const shows = [];
  const reporting = buildReporting(
    first.values, ({ values, settled }) => view.send({ ...values, settled }), paint);
  const { tell } = reporting;
  const standing = () => reporting.state().values;

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
    if (reporting.state().held?.dial !== input.id) input.value = String(value);
  }

  function field(name, ...controls) {
    const text = el("label", { for: name });
    const box = el("div", { class: `field ${name}` }, text, ...controls);
    form.append(box);
    return text;
  }

  // On a phone, a line that says where the dials stand and unfolds them.
  if (first.folded) {
    const line = el("button", { type: "button", class: "line", "aria-expanded": "false" });
    line.addEventListener("click", () => {
      line.ariaExpanded = String(form.classList.toggle("folded") === false);
    });
    form.classList.add("folded");
    form.append(line);
    shows.push(() => {
      const told = ["n_in", "n_out", "seed"].filter((name) => !latest.hidden.includes(name));
      line.textContent = told.map((name) => `${latest.labels[name]} ${standing()[name]}`).join(", ");
    });
  }

  for (const name of ["n_in", "n_out"]) {
    const input = slider(name, first.ranges[name][1]);
    const output = el("output", { for: name });
    const text = field(name, el("div", { class: "row" }, input, output));
    shows.push(() => {
      text.textContent = latest.labels[name];
      text.title = latest.labels[`${name}_long`];
      input.setAttribute("aria-label", latest.labels[`${name}_long`]);
      output.textContent = String(standing()[name]);
      put(input, standing()[name]);
    });
  }

  {
    const [low, high] = first.ranges.seed;
    const number = el("input", { type: "number", id: "seed", min: low, max: high, step: 1, inputmode: "numeric" });
    number.addEventListener("change", () => {
      const typed = Math.min(high, Math.max(low, Math.round(Number(number.value))));
      if (number.value !== "" && Number.isFinite(typed)) tell({ type: "choose", values: { seed: typed } });
      paint();
    });
    const die = el("button", { type: "button", class: "die" }, picture());
    die.addEventListener("click", () => {
      const others = latest.small_seeds; // small ones are easily said in a classroom
      const seed = (Number(standing().seed) % (others + 1) + 1 + Math.floor(Math.random() * others)) % (others + 1);
      tell({ type: "choose", values: { seed } });
    });
    const text = field("seed", el("div", { class: "row" }, number, die));
    shows.push(() => {
      text.textContent = latest.labels.seed;
      number.setAttribute("aria-label", latest.labels.seed_type);
      number.value = String(standing().seed);
      die.title = latest.labels.seed_other;
      die.setAttribute("aria-label", latest.labels.seed_other);
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
      select.value = String(standing()[name]);
    });
  }

  {
    const select = el("select", { id: "presets" });
    select.addEventListener("change", () => {
      const preset = latest.presets[Number(select.value)];
      if (preset) tell({ type: "choose", values: preset.values });
    });
    const text = field("presets", select);
    shows.push(() => {
      form.setAttribute("aria-label", latest.labels.dials);
      text.textContent = latest.labels.presets;
      const wanted = JSON.stringify(latest.presets);
      if (select.dataset.presets !== wanted) {
        select.dataset.presets = wanted;
        select.replaceChildren(
          el("option", { value: "" }, latest.labels.preset_none),
          ...latest.presets.map(({ label, note }, i) => el("option", { value: i, title: note }, label)),
        );
      }
      const found = latest.presets.findIndex((preset) => same(standing(), preset.values));
      select.value = found < 0 ? "" : String(found);
      select.title = latest.presets[found]?.note ?? "";
    });
  }

  {
    const word = el("span", { class: "word" });
    const toggle = el("button", { type: "button", role: "switch", id: "recording" },
      el("span", { class: "lamp" }), word);
    toggle.addEventListener("click", () =>
      tell({ type: "choose", values: { recording: !standing().recording } }));
    const text = field("recording", toggle);
    shows.push(() => {
      text.textContent = latest.labels.recording;
      toggle.setAttribute("aria-checked", String(standing().recording));
      // Both words stand there, one of them unseen: the switch is as wide in both positions.
      word.replaceChildren(...["on", "off"].map((name) => {
        const now = name === (standing().recording ? "on" : "off");
        return el("span", now ? {} : { class: "other", "aria-hidden": "true" }, latest.labels[`recording_${name}`]);
      }));
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
    reporting.arrive(data.values);
  }
  return view;
}
