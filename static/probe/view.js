// The loss over one number: the finger moves the number, the dot rolls, PyTorch's tangent follows.

import { buildReporting } from "../dials/reporting.js";
import { el, svg } from "../elements.js";
import { grab, onGrab, rounded } from "../grab.js";
import { onWidth, viewOf, whenGone } from "../life.js";
import { onLetters, showLetter } from "../letters.js";
import { scales } from "./scales.js";

const HIGH = 80; // px of the picture
const LARGE = { least: 240, most: 320, share: 0.5, beside: 210 }; // of a figure of its own, by its width; beside it on a screen
const EDGE = 8; // px around the curve
const SCALES = { left: 48, bottom: 44 }; // px for the numbers beside a large one
const WIGGLE = { ms: 2400, by: 1 };
const TANGENT = 56; // px of the tangent to either side

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, build);
  view.send = setTriggerValue;
  view.show(data);
}

const cellOf = (name, place) => `${name}[${place.join(", ")}]`;

function build(root) {
  const loss = el("output", { name: "loss" });
  const said = el("span", { class: "said" });
  const picture = svg("svg", { role: "img", height: HIGH });
  const [curve, tangent] = [svg("path", { class: "curve" }), svg("path", { class: "tangent" })];
  const dot = svg("circle", { class: "dot", r: 7 });
  const beside = svg("g", { class: "scales" });
  picture.append(beside, svg("path", { class: "floor" }), curve, tangent, dot);
  const slope = el("p", { class: "slope" });
  const cell = el("label", { for: "probed", class: "cell" });
  const slider = el("input", { type: "range", id: "probed", step: 0.01 });
  const typed = el("input", { type: "number", step: 0.1, inputmode: "decimal" });
  const step = el("button", { type: "button", class: "step" });
  const rates = el("select", {});
  const rateLabel = el("label", { class: "rate" }, "", rates);
  const afresh = el("button", { type: "button", class: "afresh" });
  const taken = el("span", { class: "taken", role: "status" });
  const grip = el("div", { class: "row grip" }, cell, slider, typed);
  const probe = el("div", { class: "probe" },
    el("div", { class: "loss" }, said, loss, slope),
    el("div", { class: "plot" }, picture),
    grip,
    el("div", { class: "row" }, step, rateLabel, taken, afresh));
  root.append(probe);

  let latest = null;
  let width = 0;
  let nudge = 0; // by which the dot is beside its number, while it shows what that does
  let wiggling = 0;
  let name = "";
  /** @type {number[]} */
  let place = [];
  const view = { send: (_event, _value) => {}, show };
  const reporting = buildReporting({}, ({ values, settled }) =>
    view.send("grab", { name, place, value: values[cellOf(name, place)], settled }), draw);
  const { state, tell } = reporting;

  onGrab(({ phase, name: whose, place: where, value }) => {
    if (!latest || latest.held) return;
    still();
    const dial = cellOf(whose, where);
    const kept = Math.min(latest.largest, Math.max(-latest.largest, rounded(value)));
    if (dial !== cellOf(name, place)) reporting.restart({ [dial]: kept });
    [name, place] = [whose, where];
    if (phase === "hold") tell({ type: "hold", dial, byKey: false });
    else tell({ type: phase, dial, value: kept });
  });

  // The slider, the field and the picture move the number that is shown.
  const here = (phase, value) => grab({ phase, name, place, value });
  const read = () => Number(slider.value);
  slider.addEventListener("input", () => {
    if (!state().held) here("hold", read());
    here("move", read());
  });
  for (const end of ["change", "blur"]) slider.addEventListener(end, () => here("release", read()));
  typed.addEventListener("change", () => {
    const value = Number(typed.value);
    if (typed.value === "" || !Number.isFinite(value)) return draw();
    for (const phase of /** @type {const} */ (["hold", "move", "release"])) here(phase, value);
  });
  const under = (event) => {
    const left = latest.large ? SCALES.left : EDGE;
    const at = (event.clientX - picture.getBoundingClientRect().left - left) / (width - left - EDGE);
    return latest.low + Math.min(1, Math.max(0, at)) * (latest.high - latest.low);
  };
  let dragging = false;
  picture.addEventListener("pointerdown", (event) => {
    if (event.button || latest?.held) return;
    dragging = true;
    picture.setPointerCapture(event.pointerId);
    here("hold", under(event));
    here("move", under(event));
  });
  picture.addEventListener("pointermove", (event) => dragging && here("move", under(event)));
  for (const end of ["pointerup", "pointercancel"]) {
    picture.addEventListener(end, (event) => {
      if (dragging) here("release", under(event));
      dragging = false;
    });
  }
  step.addEventListener("click", () => view.send("step", true));
  afresh.addEventListener("click", () => view.send("afresh", true));
  rates.addEventListener("change", () => view.send("rate", rates.value));

  onLetters(draw);
  onWidth(picture.parentElement ?? picture, (now) => {
    width = now;
    draw();
  });

  // Where the finger has the number, ahead of what has arrived; else where the run had it.
  function value() {
    const shown = cellOf(latest.name, latest.place);
    const { values, held, waiting, answered } = state();
    const own = values[cellOf(name, place)];
    const ahead = held || waiting || !answered;
    return nudge + (shown === cellOf(name, place) && ahead && own !== undefined ? Number(own) : latest.value);
  }

  function still() {
    cancelAnimationFrame(wiggling);
    nudge = 0;
  }
  whenGone(still);

  // The number goes up a little and comes back, and the loss with it.
  function wiggle() {
    still();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const begun = performance.now();
    const step = (/** @type {number} */ now) => {
      const way = Math.min(1, Math.max(0, (now - begun) / WIGGLE.ms));
      nudge = way < 1 ? WIGGLE.by * Math.sin(way * 2 * Math.PI) : 0;
      draw();
      if (way < 1) wiggling = requestAnimationFrame(step);
    };
    wiggling = requestAnimationFrame(step);
  }

  function draw() {
    if (!latest || !width) return;
    const { low, high, losses, labels } = latest;
    const there = losses.filter((each) => each !== null);
    const [least, most] = [Math.min(...there), Math.max(...there)];
    const { large, held } = latest;
    const seen = () => innerHeight / (picture.currentCSSZoom ?? 1) - LARGE.beside;
    const tall = large ? Math.max(LARGE.least, Math.min(LARGE.most, width * LARGE.share, seen())) : HIGH;
    const [left, bottom] = large ? [SCALES.left, tall - SCALES.bottom] : [EDGE, tall - EDGE];
    const [broad, steep] = [width - left - EDGE, bottom - EDGE]; // what the curve is drawn in
    const x = (at) => left + ((at - low) / (high - low)) * broad;
    const y = (at) => bottom - ((at - least) / (most - least || 1)) * steep;
    const across = (i) => low + (i / (losses.length - 1)) * (high - low);
    picture.setAttribute("width", String(width));
    picture.setAttribute("height", String(tall));
    picture.setAttribute("viewBox", `0 0 ${width} ${tall}`);
    picture.querySelector(".floor")?.setAttribute("d", `M${left} ${large ? bottom : tall - 1}H${width - EDGE}`);
    probe.classList.toggle("large", Boolean(large));
    probe.classList.toggle("held", Boolean(held));
    const spelt = cellOf(latest.name, latest.place);
    beside.replaceChildren(...(large
      ? scales({ x, y, width, left, bottom }, [low, high], [least, most], spelt) : []));
    let pen = "M";
    curve.setAttribute("d", losses.map((each, i) => {
      const drawn = each === null ? "" : `${pen}${x(across(i)).toFixed(1)} ${y(each).toFixed(1)}`;
      pen = each === null ? "M" : "L";
      return drawn;
    }).join(""));

    const now = Math.min(high, Math.max(low, value()));
    const at = ((now - low) / (high - low)) * (losses.length - 1);
    const [one, other] = [losses[Math.floor(at)], losses[Math.ceil(at)]];
    const resting = value() === latest.value;
    const height = resting ? latest.height : one === null || other === null ? null : one + (other - one) * (at % 1);
    dot.toggleAttribute("hidden", height === null);
    dot.setAttribute("class", `dot name-${latest.name}`);
    if (height !== null) {
      dot.setAttribute("cx", String(x(now)));
      dot.setAttribute("cy", String(y(height)));
    }
    // The tangent stands where PyTorch has computed the gradient: where the run had the number.
    const tilt = latest.slope === null || latest.height === null ? null
      : (latest.slope * steep * (high - low)) / ((most - least || 1) * broad);
    if (tilt === null || held) tangent.setAttribute("d", "");
    else {
      const reach = (large ? 3 * TANGENT : TANGENT) / Math.hypot(1, tilt);
      const [cx, cy] = [x(latest.value), y(latest.height)];
      tangent.setAttribute("d", `M${cx - reach} ${cy + reach * tilt}L${cx + reach} ${cy - reach * tilt}`);
    }

    picture.setAttribute("aria-label", labels.curve.replace("{cell}", spelt));
    slope.textContent = held ? "" : latest.slope === null
      ? labels[latest.name === "x" ? "no_slope_data" : "no_slope_off"]
      : labels.slope.replace("{slope}", `${latest.slope < 0 ? "−" : "+"}${Math.abs(latest.slope).toFixed(4)}`)
          .replace("{name}", latest.name).replace("{place}", `[${latest.place.join(", ")}]`);
    showLetter(said, "loss", labels.loss);
    loss.textContent = latest.loss;
    cell.textContent = spelt;
    cell.className = `cell name-${latest.name}`;
    [slider.min, slider.max] = [String(low), String(high)];
    if (!(state().held && root.activeElement === slider)) slider.value = String(now);
    typed.value = String(rounded(value()));
    typed.setAttribute("aria-label", `${spelt}: ${labels.number}`);
    step.textContent = `w −= ${latest.rate} · w.grad`;
    step.setAttribute("aria-label", `${labels.step}: ${step.textContent}`);
    step.title = labels.step;
    slider.setAttribute("aria-label", spelt);
    step.disabled = !latest.trains || latest.steps >= latest.most_steps;
    rateLabel.firstChild?.replaceWith(labels.rate);
    if (rates.options.length !== latest.rates.length) {
      rates.replaceChildren(...latest.rates.map((rate) => el("option", { value: rate }, rate)));
    }
    rates.value = latest.rate;
    const full = latest.steps >= latest.most_steps ? ` ${labels.most_steps}` : "";
    const counted = latest.steps ? labels.steps.replace("{steps}", latest.steps) + full : "";
    if (taken.textContent !== counted) taken.textContent = counted;
    afresh.textContent = `↺ ${labels.afresh}`;
    afresh.hidden = !latest.changed;
  }

  function show(data) {
    const released = latest?.held && !data.held;
    latest = data;
    const dial = cellOf(data.name, data.place);
    if (!state().held && dial !== cellOf(name, place)) {
      [name, place] = [data.name, data.place];
      reporting.restart({ [dial]: rounded(data.value) });
    }
    reporting.arrive({ [dial]: rounded(data.value) });
    if (released) wiggle();
  }
  return view;
}
