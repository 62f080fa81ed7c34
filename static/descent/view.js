// Optimizers that race: a map with their paths, the curves of their losses, and w and w.grad of
// the one that is chosen. One slider moves them all.

import { el } from "../elements.js";
import { icon } from "../icons.js";
import { onWidth, viewOf, whenGone } from "../life.js";
import { buildFigure, cellFor, decode, reading } from "../matrix.js";
import { buildCurves, buildMap, markOf } from "./drawing.js";

const WHOLE = 6000; // ms that a race is played
const LONGEST = 600; // ms from one stop to the next
const GAP = 24; // px between the matrices
const LEAST_CELL = 3; // px
const MOST_HIGH = 272; // px of the drawings

/**
 * components/descent/ builds it.
 *
 * @typedef {Object} Racer
 * @property {string} key
 * @property {string} name
 * @property {boolean} chosen
 * @property {string[]} losses            one a stop
 * @property {(number | null)[]} heights  one a step
 * @property {[number, string][]} marks   step and sign where the loss stops being finite
 * @property {([number, number] | null)[]} path
 * @property {boolean[]} off              whether a step lies off the map
 */

export default function ({ data, parentElement }) {
  viewOf(parentElement, build).show(data);
}

function build(root) {
  const bar = el("div", { class: "bar", role: "group" });
  const output = el("output", {});
  const legend = el("ul", { class: "legend" });
  const drawings = el("div", { class: "drawings" });
  const matrices = el("div", { class: "matrices" });
  const readout = el("div", { class: "readout", role: "status" });
  const figure = el("div", { class: "descent", role: "group" }, bar, legend, drawings, matrices, readout);
  root.append(figure);
  const map = buildMap(drawings);
  const curves = buildCurves(drawings);
  const figures = [];
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  let latest = null;
  let told = ""; // the data as JSON, to tell another race by
  let at = 0; // a stop, or while it is played, some way from one to the next
  let running = 0; // the animation frame that comes next; 0 while nothing is played
  let began = 0; // when the race would have left its first stop
  /** @type {{ loss: HTMLElement, off: HTMLElement }[]} */
  let rows = []; // of the legend
  let drawn = -1; // the stop whose matrices are drawn

  const button = (name, sign, then) => {
    const made = el("button", { type: "button", class: name }, sign);
    made.addEventListener("click", then);
    bar.append(made);
    return made;
  };
  const last = () => latest.stops.length - 1;
  const buttons = {
    play: button("play", "▶", () => (running ? go(Math.round(at)) : play())),
    back: button("back", "◀", () => go(Math.ceil(at) - 1)),
    forward: button("forward", "▶|", () => go(Math.floor(at) + 1)),
    restart: button("restart", "↺", () => go(0)),
  };
  const track = el("input", { type: "range", min: 0, step: 1 });
  track.addEventListener("input", () => go(Number(track.value)));
  bar.append(track, output);
  curves.onPick((part) => {
    if (latest.held) return;
    const step = part * latest.stops[last()];
    go(latest.stops.findLastIndex((stop) => stop <= step + 0.5));
  });

  function go(stop) {
    pause();
    at = Math.max(0, Math.min(last(), stop));
    draw();
  }

  function pause() {
    cancelAnimationFrame(running);
    running = 0;
  }

  // Where no motion is wanted, the race jumps from stop to stop.
  function play() {
    const lasts = Math.min(LONGEST, WHOLE / Math.max(1, last()));
    if (at >= last()) at = 0;
    began = performance.now() - at * lasts;
    const tick = (now) => {
      at = Math.min(last(), Math.max(0, (now - began) / lasts));
      if (still.matches) at = Math.floor(at);
      running = at < last() ? requestAnimationFrame(tick) : 0;
      draw();
    };
    running = requestAnimationFrame(tick);
    draw();
  }

  whenGone(pause);
  onWidth(drawings, () => {
    drawn = -1;
    resize();
    draw();
  });

  function resize() {
    if (!latest || !drawings.clientWidth) return;
    const width = drawings.clientWidth;
    const high = Math.min(MOST_HIGH, Math.round(width * 0.5));
    map.resize(latest.map, high);
    curves.resize(latest, width - high - 16, high);
  }

  function draw() {
    if (!latest || !drawings.clientWidth) return;
    const { labels, racers, stops, held } = latest;
    const stop = Math.floor(at);
    const part = at - stop;
    const step = stops[stop] + part * ((stops[stop + 1] ?? stops[stop]) - stops[stop]);
    map.draw(racers, step, labels);
    curves.draw(racers, step);
    racers.forEach(({ losses, off }, i) => {
      const left = off.findLastIndex((is, k) => k <= step && !is) + 1;
      rows[i].loss.textContent = losses[stop];
      rows[i].off.textContent = left <= step ? labels.off_map.replace("{step}", String(left)) : "";
    });
    bar.hidden = held;
    buttons.play.replaceChildren(running ? icon("pause") : "▶");
    for (const [name, node] of Object.entries(buttons)) {
      node.title = labels[name === "play" && running ? "pause" : name];
      node.setAttribute("aria-label", node.title);
    }
    buttons.back.disabled = buttons.restart.disabled = at === 0;
    buttons.forward.disabled = at === last();
    track.value = String(stop);
    output.textContent = `${labels.step} ${stops[stop]}`;
    const chosen = racers.find((racer) => racer.chosen);
    track.setAttribute("aria-valuetext", `${output.textContent}, ${chosen.name}: loss ${chosen.losses[stop]}`);
    if (stop !== drawn) drawMatrices(stop);
    drawn = stop;
  }

  function drawMatrices(stop) {
    const whole = matrices.clientWidth;
    const beside = (whole - GAP) / 2;
    const fits = latest.matrices.every(({ cols }) => cols * LEAST_CELL <= beside);
    matrices.style.gridTemplateColumns = `repeat(${fits ? 2 : 1}, minmax(0, 1fr))`;
    const room = fits ? beside : whole;
    latest.matrices.forEach((matrix, i) => {
      const shown = decode({ ...matrix, values: matrix.frames[stop] });
      figures[i] ??= buildFigure(matrices, { say: (...cell) => (readout.textContent = reading(...cell)), pick: () => {} });
      figures[i].draw(shown, matrix.peaks[stop], cellFor({ matrices: [shown] }, room, 192), {});
    });
  }

  function show(data) {
    const now = JSON.stringify(data);
    if (now === told) return;
    const released = Boolean(latest?.held && !data.held);
    pause();
    latest = data;
    told = now;
    drawn = -1;
    figure.setAttribute("aria-label", data.labels.figure);
    bar.setAttribute("aria-label", data.labels.figure);
    track.setAttribute("aria-label", data.labels.step);
    track.max = String(last());
    readout.textContent = "";
    rows = data.racers.map(() => ({ loss: el("span", { class: "loss" }), off: el("span", { class: "off" }) }));
    legend.replaceChildren(...data.racers.map((racer, i) =>
      el("li", { class: racer.chosen ? "chosen" : "" }, markOf(racer),
        el("span", { class: "name" }, racer.name), " ", rows[i].loss, " ", rows[i].off)));
    at = released && !still.matches ? 0 : last();
    resize();
    if (released && !still.matches) play();
    else draw();
    // On a phone the question stands below what now plays.
    if (released && figure.getBoundingClientRect().top < 0) figure.scrollIntoView();
  }
  return { show };
}
