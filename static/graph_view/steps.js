// Stepping through backward in the engine's own order. All steps are here already: no step
// waits for the server, which only hears, a little later, how far the reader has come.

import { el } from "../elements.js";
import { listen, whenGone } from "../life.js";
import { buildFigure, cellFor, decode } from "../matrix.js";
import { light } from "../page.js";

const PLAY_EVERY = 1200; // ms
const REPORT_AFTER = 400; // ms of rest

export function buildStepping(report) {
  const bar = el("div", { class: "stepping", hidden: "" });
  const panel = el("div", { class: "step", role: "status", hidden: "" });
  let data = null;
  let at = 0; // how many nodes have fired
  let known = null; // the step that the address says
  let repaint = () => {};
  let playing = 0;
  let resting = 0;
  const figures = [];

  const button = (name, action) => {
    const made = el("button", { type: "button", class: name });
    made.addEventListener("click", action);
    bar.append(made);
    return made;
  };
  const buttons = {
    first: button("first", () => go(0)),
    back: button("back", () => go(at - 1)),
    play: button("play", () => (playing ? pause() : play())),
    step: button("step", () => go(at + 1)),
    finish: button("finish", () => go(data.steps.length)),
  };
  const track = el("input", { type: "range", min: 0, value: 0 });
  const count = el("output", {});
  track.addEventListener("input", () => go(Number(track.value)));
  bar.append(track, count);

  const still = matchMedia("(prefers-reduced-motion: reduce)");

  function play() {
    if (at >= data.steps.length) go(0);
    playing = setInterval(() => {
      go(at + 1, true);
      if (at >= data.steps.length) pause();
    }, still.matches ? PLAY_EVERY * 2 : PLAY_EVERY);
    draw();
  }

  function pause() {
    clearInterval(playing);
    playing = 0;
    draw();
  }

  function go(to, keepPlaying = false) {
    if (!keepPlaying && playing) pause();
    at = Math.max(0, Math.min(data.steps.length, to));
    draw();
    repaint();
    clearTimeout(resting);
    resting = setTimeout(() => report((known = at)), REPORT_AFTER);
  }

  // A stepper that went on after its page was left would light lines of the next one.
  whenGone(() => {
    clearInterval(playing);
    clearTimeout(resting);
  });

  // Space and the arrow keys work wherever no field or button of another kind has the focus.
  listen(document, "keydown", (event) => {
    if (!data?.steps || !bar.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.composedPath()[0];
    if (target.matches?.("input:not([type=range]), textarea, select, [contenteditable]")) return;
    if (target.matches?.("input[type=range]") && target !== track) return;
    const onButton = target.matches?.("button, summary, a");
    if (event.key === " " && !onButton) playing ? pause() : play();
    else if (event.key === "ArrowRight" && target !== track) go(at + 1);
    else if (event.key === "ArrowLeft" && target !== track) go(at - 1);
    else return;
    event.preventDefault();
  });

  function draw() {
    const { labels, steps } = data;
    for (const [name, node] of Object.entries(buttons)) node.textContent = labels[name];
    if (playing) buttons.play.textContent = labels.pause;
    buttons.first.disabled = buttons.back.disabled = at === 0;
    buttons.step.disabled = buttons.finish.disabled = at === steps.length;
    track.max = String(steps.length);
    track.value = String(at);
    track.setAttribute("aria-label", labels.position);
    count.textContent = `${at} / ${steps.length}`;
    const step = at ? steps[at - 1] : null;
    const texts = step ? step.texts : [labels.before];
    const shown = step ? step.matrices : [];
    const words = el("ol", { class: "words" }, ...texts.map((text) => el("li", {}, text)));
    const heading = el("h3", {}, step ? step.title : labels.start);
    const drawn = el("div", { class: "figures" });
    panel.replaceChildren(heading, words, drawn);
    figures.length = 0;
    const peak = Math.max(...shown.map((matrix) => matrix.peak), 0) || 1;
    shown.forEach((matrix) => {
      const room = Math.min(300, panel.clientWidth || 300);
      const cell = cellFor({ matrices: [matrix] }, room, 240);
      const figure = buildFigure(drawn, { say: () => {}, pick: () => {} });
      figure.draw(decode(matrix), peak, cell, labels);
      figures.push(figure);
    });
    light({ lines: step && step.line ? [step.line] : [] });
  }

  // Ids of boxes and links that have fired, and of those that the last step concerned.
  function state() {
    if (!data?.steps) return null;
    const done = new Set(data.steps.slice(0, at).flatMap((step) => step.ids));
    return { done, now: new Set(at ? data.steps[at - 1].ids : []) };
  }

  function show(next, painter) {
    data = next;
    repaint = painter;
    bar.hidden = panel.hidden = !data.steps;
    if (!data.steps) return;
    if (data.step !== known) at = known = data.step; // a link, or Back
    at = Math.min(at, data.steps.length);
    draw();
  }
  return { bar, panel, show, state };
}
