// Matrices over time: a slider for the step, and a button that moves it.

import { el } from "../elements.js";
import { onWidth, viewOf, whenGone } from "../life.js";
import { buildFigure, cellFor, decode, reading } from "../matrix.js";

const EVERY = 250; // ms

export default function ({ data, parentElement }) {
  viewOf(parentElement, build).show(data);
}

function build(root) {
  const play = el("button", { type: "button" });
  const slider = el("input", { type: "range", min: 0, step: 1, id: "step" });
  const name = el("label", { for: "step" });
  const output = el("output", { for: "step" });
  const host = el("div", { class: "groups" });
  const readout = el("div", { class: "readout", role: "status" });
  root.append(el("div", { class: "bar" }, play, name, slider, output), host, readout);
  const figures = [];
  let latest = null;
  let at = 0;
  let timer = 0;

  function draw() {
    if (!latest || !host.clientWidth) return;
    output.textContent = latest.steps[at];
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", String(latest.steps[at]));
    play.textContent = latest.labels[timer ? "stop_playing" : "play"];
    const wide = host.clientWidth >= 520;
    host.style.gridTemplateColumns = `repeat(${wide ? latest.matrices.length : 1}, minmax(0, 1fr))`;
    const room = wide ? (host.clientWidth - 24) / latest.matrices.length : host.clientWidth;
    latest.matrices.forEach((matrix, index) => {
      const shown = decode({ ...matrix, values: matrix.frames[at] });
      figures[index] ??= buildFigure(host, { say, pick: () => {} });
      figures[index].draw(shown, matrix.peak, cellFor({ matrices: [shown] }, room), {});
    });
  }

  function say(matrix, row, col) {
    readout.textContent = reading(matrix, row, col);
  }

  function pause() {
    clearInterval(timer);
    timer = 0;
  }

  play.addEventListener("click", () => {
    if (timer) pause();
    else {
      if (at === latest.steps.length - 1) at = 0;
      timer = setInterval(() => {
        at += 1;
        if (at >= latest.steps.length - 1 || !host.isConnected) pause();
        draw();
      }, EVERY);
    }
    draw();
  });
  slider.addEventListener("input", () => {
    pause();
    at = Number(slider.value);
    draw();
  });

  onWidth(host, draw);
  whenGone(pause);

  function show(data) {
    latest = data;
    slider.max = String(data.steps.length - 1);
    at = Math.min(at, data.steps.length - 1);
    name.textContent = data.labels.step;
    readout.textContent = "";
    draw();
  }
  return { show };
}
