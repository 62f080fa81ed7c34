// Numbers at several steps, as bars or as points that are joined. Where a question held some steps
// back and is answered, they come one after the other.

import { el, svg } from "../elements.js";
import { onWidth, viewOf, whenGone } from "../life.js";
import { meaning, NONFINITE } from "../matrix.js";

const [EACH, WHOLE] = [500, 2400]; // ms between two steps, and for all of them, at most
const [HIGH, HIGH_OF_MANY] = [340, 200]; // px of a panel; less where several stand one below the other
const LEAST = 300; // px of a panel beside another
const EDGE = { left: 50, right: 8, top: 24, bottom: 44 };
const LABEL = 48; // px that a bar's number needs
const STEP = 34; // px that a step's name needs, or a question mark of its own

export default function ({ data, parentElement }) {
  viewOf(parentElement, build).show(data);
}

function build(root) {
  const panels = el("div", { class: "panels" });
  const readout = el("div", { class: "readout", role: "status" });
  const marks = el("div", { class: "marks" });
  root.append(panels, marks, readout);
  let latest = null;
  let width = 0;
  let told = 0; // how many steps, in their order
  let timer = 0;

  function pause() {
    clearInterval(timer);
    timer = 0;
  }
  whenGone(pause);

  function show(data) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const plays = latest && latest.known !== null && data.known === null && !still;
    const before = latest?.known ?? 0;
    pause();
    latest = data;
    told = data.known ?? data.steps.length;
    readout.textContent = "";
    const left = told - before;
    if (plays && left > 0) {
      told = before;
      timer = setInterval(() => {
        told += 1;
        if (told >= latest.steps.length) pause();
        draw(true);
      }, Math.min(EACH, WHOLE / left));
    }
    draw(false);
  }

  // grows: the step that has come last is new
  function draw(grows) {
    if (!latest || !width) return;
    const many = latest.panels.length;
    const beside = width >= many * LEAST;
    panels.style.gridTemplateColumns = `repeat(${beside ? many : 1}, minmax(0, 1fr))`;
    const wide = beside ? (width - (many - 1) * 16) / many : width;
    const high = beside ? HIGH : HIGH_OF_MANY;
    const focused = [...panels.querySelectorAll("svg")].indexOf(root.activeElement);
    panels.replaceChildren(...latest.panels.map((panel) => drawPanel(panel, wide, high, grows)));
    panels.querySelectorAll("svg")[focused]?.focus();
    const found = NONFINITE.filter(({ text }) => latest.panels.some(({ cells }) => cells.flat().some((cell) => cell?.[1] === text)));
    marks.replaceChildren(...[...new Set(found.map(({ key }) => key))].map(meaning));
  }

  function drawPanel(panel, wide, high, grows) {
    const count = latest.steps.length;
    const room = { width: wide - EDGE.left - EDGE.right, height: high - EDGE.top - EDGE.bottom };
    const slot = room.width / count;
    const y = (share) => EDGE.top + (1 - share) * room.height;
    const left = (step) => EDGE.left + step * slot;
    const seen = latest.order.slice(0, told);
    const fresh = grows ? seen.at(-1) : -1;
    const several = panel.names.length > 1 && latest.joined;
    const head = el("h2", { class: latest.joined ? "" : `tone-${panel.tone}` }, panel.title);
    if (several) head.append(...panel.names.map((name, i) => el("span", { class: `key curve-${i}` }, name)));
    const picture = svg("svg", { width: wide, height: high, tabindex: "0", role: "img", "aria-label": `${latest.title}: ${panel.title}` });
    for (const [share, name] of latest.ticks) {
      picture.append(
        svg("line", { class: "grid", x1: EDGE.left, x2: wide - EDGE.right, y1: y(share), y2: y(share) }),
        svg("text", { class: "tick", x: EDGE.left - 6, y: y(share) + 5, "text-anchor": "end" }, name),
      );
    }
    const every = Math.ceil(STEP / slot);
    latest.steps.forEach((name, step) => {
      if (step % every) return;
      picture.append(svg("text", { class: "step", x: left(step) + slot / 2, y: high - 24, "text-anchor": "middle" }, name));
    });
    picture.append(svg("text", { class: "axis", x: EDGE.left + room.width / 2, y: high - 6, "text-anchor": "middle" }, latest.axis));
    picture.append(...outlines(latest.order.slice(told), left, slot, room.height));
    if (latest.joined) picture.append(...drawCurves(panel, seen, left, slot, y, fresh));
    else for (const step of seen) picture.append(...drawBars(panel, step, left(step), slot, y, step === fresh));
    if (!latest.joined) picture.append(...drawMarks(panel, seen, left, slot, y));
    picture.append(svg("line", { class: "base", x1: EDGE.left, x2: wide - EDGE.right, y1: y(latest.base), y2: y(latest.base) }));
    letRead(picture, panel, slot, count);
    return el("figure", {}, head, picture);
  }

  // What is not told yet: a frame for each step, or one for all where they are narrow.
  function outlines(steps, left, slot, height) {
    if (!steps.length) return [];
    const first = Math.min(...steps);
    const boxes = slot >= STEP ? steps.map((step) => [step, 1]) : [[first, steps.length]];
    return boxes.flatMap(([step, broad]) => [
      svg("rect", { class: "held", x: left(step) + slot * 0.1, y: EDGE.top, width: slot * (broad - 0.2), height, rx: 6 }),
      svg("text", { class: "asked", x: left(step) + (slot * broad) / 2, y: EDGE.top + height / 2 + 8, "text-anchor": "middle" }, "?"),
    ]);
  }

  function drawBars(panel, step, x, slot, y, fresh) {
    const broad = (slot * 0.8) / panel.names.length;
    const base = y(latest.base);
    return panel.cells[step].flatMap(([share, text], i) => {
      if (share === null) return [];
      const down = share < latest.base;
      const look = `bar tone-${panel.tone} ${down ? "down" : ""} ${fresh ? "fresh" : ""}`;
      const [at, top] = [x + slot * 0.1 + i * broad, Math.min(y(share), base)];
      const bar = svg("rect", { class: look, x: at + broad * 0.06, y: top, width: broad * 0.88, height: Math.max(1, Math.abs(y(share) - base)) });
      if (broad < LABEL) return [bar];
      const beyond = down ? y(share) + 16 : y(share) - 6;
      return [bar, svg("text", { class: `number ${fresh ? "fresh" : ""}`, x: at + broad / 2, y: beyond, "text-anchor": "middle" }, text)];
    });
  }

  // Of numbers that no scale has a place for: dark and as high as all of it, with their sign; zero,
  // on a logarithmic scale, as a figure on its foot. One sign stands for all in a row.
  function drawMarks(panel, seen, left, slot, y) {
    const drawn = [];
    panel.names.forEach((_, i) => {
      const broad = (slot * 0.8) / panel.names.length;
      /** @type {{ text: string, places: number[] }[]} */
      const rows = [];
      for (const step of [...seen].sort((a, b) => a - b)) {
        const [share, text] = panel.cells[step][i];
        if (share !== null) rows.push({ text: "", places: [] });
        else if (slot >= STEP || rows.at(-1)?.text !== text) rows.push({ text, places: [step] });
        else rows.at(-1)?.places.push(step);
      }
      for (const { text, places } of rows.filter((row) => row.text)) {
        const at = places.map((step) => left(step) + slot * 0.1 + i * broad);
        const odd = NONFINITE.some((kind) => kind.text === text);
        if (odd) drawn.push(...at.map((x) => svg("rect", { class: "odd", x, y: y(1), width: broad, height: y(latest.base) - y(1) })));
        const middle = (at[0] + (at.at(-1) ?? 0) + broad) / 2;
        drawn.push(svg("text", { class: odd ? "glyph" : "zero", x: middle, y: odd ? y(1) - 6 : y(0) - 6, "text-anchor": "middle" }, text));
      }
    });
    return drawn;
  }

  function drawCurves(panel, seen, left, slot, y, fresh) {
    return panel.names.flatMap((_, i) => {
      const points = [...seen].sort((a, b) => a - b).map((step) => [left(step) + slot / 2, panel.cells[step][i][0], step]);
      const drawn = [svg("path", { class: `curve curve-${i}`, d: pathOf(points, y) })];
      for (const [x, share, step] of points) {
        if (share === null) continue;
        const look = `point curve-${i} ${step === fresh ? "fresh" : ""}`;
        drawn.push(i ? svg("rect", { class: look, x: x - 4, y: y(share) - 4, width: 8, height: 8 }) : svg("circle", { class: look, cx: x, cy: y(share), r: 4.5 }));
      }
      return drawn;
    });
  }

  // One step in words, by pointing or by arrow keys.
  function letRead(picture, panel, slot, count) {
    let at = -1;
    const read = (step) => {
      at = step;
      const cells = latest.order.indexOf(step) < told ? panel.cells[step] : panel.names.map(() => [null, "?"]);
      readout.textContent = `${latest.axis} ${latest.steps[step]}: ${panel.names.map((name, i) => `${name} = ${cells[i][1]}`).join(", ")}`;
    };
    picture.addEventListener("pointermove", (event) => {
      const step = Math.floor((event.offsetX - EDGE.left) / slot);
      if (step >= 0 && step < count && step !== at) read(step);
    });
    picture.addEventListener("keydown", (event) => {
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: count - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      read(Math.max(0, Math.min(count - 1, to)));
    });
  }

  onWidth(panels, (now) => {
    width = now;
    draw(false);
  });
  return { show };
}

// A curve breaks where a number has no place.
function pathOf(points, y) {
  let pen = "M";
  return points
    .map(([x, share]) => {
      if (share === null) {
        pen = "M";
        return "";
      }
      const part = `${pen}${x.toFixed(1)} ${y(share).toFixed(1)}`;
      pen = "L";
      return part;
    })
    .join("");
}
