// A program played line by line, and its backward node by node, as it ran. All moments are here:
// playing does not wait for the server, which only hears, a little later, where the reader stands.

import { el } from "../elements.js";
import { icon } from "../icons.js";
import { listen, viewOf, whenGone } from "../life.js";
import { HAS_KEYS_OF_ITS_OWN, light, moment, onStep, presenting } from "../page.js";
import { begin, captionOf, lasts, reduce, REST, shown, unreported } from "./state.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, build);
  view.report = (at) => setTriggerValue("moment", at);
  view.show(data);
}

function build(root) {
  const bar = el("div", { class: "timeline", role: "group" });
  const caption = el("p", { class: "caption", role: "status" });
  const thinned = el("p", { class: "thinned" });
  const player = el("div", { class: "player" }, bar, caption);
  root.append(player, thinned);

  let latest = null;
  let moments = ""; // as JSON, to tell another program by
  let state = begin(0, null);
  let lit = 0; // the line that recorded the node that runs
  let until = -1; // the moment that a play from a question leads to
  let ticking = 0;
  let resting = 0;
  const view = { show, report: (_at) => {} };

  const button = (name, sign, event) => {
    const made = el("button", { type: "button", class: name }, sign);
    made.addEventListener("click", () => tell(event));
    bar.append(made);
    return made;
  };
  const buttons = {
    play: button("play", "▶", { type: "toggle" }),
    back: button("back", "◀", { type: "by", steps: -1 }),
    step: button("step", "▶|", { type: "by", steps: 1 }),
    restart: button("restart", "↺", { type: "go", at: 0 }),
  };
  const track = el("input", { type: "range", min: 0 });
  track.addEventListener("input", () => tell({ type: "go", at: Number(track.value) }));
  bar.append(track);

  const still = matchMedia("(prefers-reduced-motion: reduce)");

  /** @param {import("./state.js").Event} event */
  function tell(event) {
    const before = state;
    state = reduce(state, event);
    if (state !== before) settle();
  }

  function settle() {
    draw();
    clearTimeout(ticking);
    clearTimeout(resting);
    if (state.playing) {
      const next = () => tell(state.at === until ? { type: "go", at: state.count } : { type: "tick" });
      ticking = setTimeout(next, lasts(latest.moments[state.at], still.matches));
    } else if (unreported(state)) {
      resting = setTimeout(() => {
        state = reduce(state, { type: "report" });
        view.report(state.at < state.count ? state.at : -1);
      }, REST);
    }
  }

  // What went on after its page was left would play the next one.
  whenGone(() => {
    clearTimeout(ticking);
    clearTimeout(resting);
    moment(null);
  });

  // In a presentation one step of it is one moment, while any is left: nobody has to play.
  onStep(bar, (by) => {
    const { at, count, followed } = state;
    if (!latest || latest.held || !followed || at + by < 0 || at + by > count) return false;
    tell({ type: "by", steps: by });
    return true;
  });

  // Space and the arrow keys work wherever no field, and nothing with arrow keys of its own, has
  // the focus.
  listen(document, "keydown", (event) => {
    if (!latest || latest.held || presenting() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.composedPath()[0];
    if (target.matches?.(HAS_KEYS_OF_ITS_OWN)) return;
    if (target.matches?.("input[type=range]") && target !== track) return;
    if (event.key === " " && !target.matches?.("button, summary, a")) tell({ type: "toggle" });
    else if (event.key === "ArrowRight" && target !== track) tell({ type: "by", steps: 1 });
    else if (event.key === "ArrowLeft" && target !== track) tell({ type: "by", steps: -1 });
    else return;
    event.preventDefault();
  });

  function draw() {
    const { labels } = latest;
    const { at, count, playing } = state;
    const step = latest.moments[at];
    buttons.play.replaceChildren(playing ? icon("pause") : "▶"); // few fonts have the sign of a pause
    for (const [name, node] of Object.entries(buttons)) {
      const label = labels[name === "play" && playing ? "pause" : name];
      node.setAttribute("aria-label", label);
      node.title = label;
    }
    buttons.back.disabled = buttons.restart.disabled = at === 0;
    buttons.step.disabled = at === count;
    bar.setAttribute("aria-label", labels.timeline);
    track.max = String(count);
    track.value = String(at);
    track.setAttribute("aria-label", labels.position);
    const text = step ? captionOf(step, labels) : latest.end;
    track.setAttribute("aria-valuetext", text);
    caption.textContent = `${Math.min(at + 1, count)} / ${count} · ${text}`;
    thinned.textContent = latest.thinned;
    moment(state.followed ? shown(latest, at) : null);
    const recorder = step?.light ?? 0;
    if (recorder !== lit) light({ lines: recorder ? [recorder] : [] });
    lit = recorder;
  }

  function show(data) {
    const told = JSON.stringify(data.moments);
    const same = told === moments;
    const released = Boolean(latest?.held && !data.held);
    latest = data;
    moments = told;
    const before = state;
    state = reduce(state, { type: "arrive", count: data.moments.length, at: data.at, same });
    player.classList.toggle("held", data.held);
    // A question has been answered: what it was about happens now, from where it stood still.
    if (released && same && data.at === null) {
      // It ends with what happens in the graph: what is printed then is there at once. Projected, it
      // waits for whoever leads.
      until = data.moments.findLastIndex(({ fired, draws }) => fired || draws);
      state = { ...before, known: state.known, playing: !presenting(), followed: true };
      settle();
      return;
    }
    // What comes back when the address has been told is no new moment: no dot travels again.
    if (!same || state !== before) settle();
  }
  return view;
}
