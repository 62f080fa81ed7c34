// A chart whose places Python has worked out, as shares of the plot from its left and bottom.
// The drawing is stretched to the room there is; text is HTML beside it, so that it is not.

import { el, svg } from "../elements.js";
import { viewOf } from "../life.js";
import { meaning, NONFINITE } from "../matrix.js";

const SIZE = 1000; // the drawing's own units
const DASHES = ["", "7 4", "2 4"];

export default function ({ data, parentElement }) {
  viewOf(parentElement, build).show(data);
}

function build(root) {
  const title = el("figcaption");
  const names = el("div", { class: "names" });
  const drawing = svg("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const texts = el("div", { class: "texts" });
  const canvas = el("canvas", { hidden: "", "aria-hidden": "true" });
  const plot = el("div", { class: "area", role: "img" }, canvas, drawing, texts);
  const [down, across] = [el("div", { class: "down" }), el("div", { class: "across" })];
  root.append(el("figure", { class: "chart" }, title, names, down, plot, across));

  function show(data) {
    title.textContent = data.title;
    const marks = data.marks ?? [];
    const kinds = new Set(marks.map(([, , text]) => keyOf(text)).filter(Boolean));
    const named = [data.title, data.y.title, data.x.title, ...marks.map(([, , text]) => text)];
    plot.setAttribute("aria-label", named.filter(Boolean).join(", "));
    down.textContent = data.y.title;
    across.textContent = data.x.title;
    const curves = data.curves ?? [];
    names.replaceChildren(
      ...curves.filter((curve) => curve.name).map((curve, i) =>
        el("span", {}, svg("svg", { viewBox: "0 0 32 8", "aria-hidden": "true" },
          line(`M1 4H31`, i)), curve.name)),
      ...[...kinds].map(meaning),
    );
    canvas.hidden = !data.surface;
    if (data.surface) paint(canvas, data.surface);
    drawing.replaceChildren(
      ...(data.surface ? [] : data.y.ticks.map(([at]) => rule(`M0 ${up(at)}H${SIZE}`))),
      ...(data.bars ?? []).map(bar),
      ...(data.zero === undefined ? [] : [rule(`M0 ${up(data.zero)}H${SIZE}`, "zero")]),
      ...(data.marked == null ? [] : [rule(`M${right(data.marked)} 0V${SIZE}`, "marked")]),
      ...curves.flatMap((curve, i) => [line(path(curve.points), i), dots(curve, i)]),
    );
    texts.replaceChildren(
      ...data.y.ticks.map(([at, text]) => label("y", `bottom:${share(at)}`, text)),
      ...data.x.ticks.map(([at, text]) => label("x", `left:${share(at)}`, text)),
      ...(data.labels ?? []).map(([at, top, text, below]) =>
        label(below ? "value below" : "value", `left:${share(at)};bottom:${share(top)}`, text)),
      ...marks.map(([at, height, text]) =>
        label(`mark ${keyOf(text) ? "nonfinite" : ""} ${height === 1 ? "below" : ""}`, `left:${share(at)};bottom:${share(height)}`, text)),
    );
  }
  return { show };
}

const keyOf = (text) => NONFINITE.find((kind) => kind.text === text)?.key;
const right = (at) => (at * SIZE).toFixed(1);
const up = (at) => ((1 - at) * SIZE).toFixed(1);
const share = (at) => `${(at * 100).toFixed(2)}%`;

function label(kind, style, text) {
  const [, power] = text.match(/^10\^(-?\d+)$/) ?? [];
  const parts = power === undefined ? [text] : ["10", el("sup", {}, power.replace("-", "−"))];
  return el("span", { class: kind, style }, ...parts);
}

function bar([left, from, wide, to, negative]) {
  return svg("rect", {
    class: negative ? "bar negative" : "bar", x: right(left), y: up(Math.max(from, to)),
    width: right(wide), height: (Math.abs(to - from) * SIZE).toFixed(1),
  });
}

function rule(d, kind = "") {
  return svg("path", { class: `rule ${kind}`, d });
}

function line(d, i) {
  return svg("path", { class: `curve curve-${i}`, d, "stroke-dasharray": DASHES[i % 3] });
}

function path(points) {
  let pen = "M";
  return points.map(([x, y]) => {
    if (x === null || y === null) return ((pen = "M"), "");
    const part = `${pen}${right(x)} ${up(y)}`;
    pen = "L";
    return part;
  }).join("");
}

// A dot is a line of no length with round ends: unlike a circle it is not stretched.
function dots({ points, starts }, i) {
  const there = points.filter(([x, y]) => x !== null && y !== null);
  const spot = ([x, y]) => `M${right(x)} ${up(y)}h0`;
  const made = svg("g", { class: `dots curve-${i}` }, svg("path", { d: there.map(spot).join("") }));
  if (starts && there.length) made.append(svg("path", { class: "start", d: spot(there[0]) }));
  return made;
}

// Smooth levels: the shades are interpolated to this many pixels a side, and only then cut.
const FINE = 160;

function paint(canvas, { rows, cols, levels, shades }) {
  const bytes = Uint8Array.from(atob(shades), (letter) => letter.charCodeAt(0));
  canvas.width = canvas.height = FINE;
  const brush = canvas.getContext("2d");
  if (!brush) return;
  const image = brush.createImageData(FINE, FINE);
  for (let i = 0; i < FINE; i++) {
    const y = ((FINE - 1 - i) / (FINE - 1)) * (rows - 1);
    const [low, part] = [Math.min(Math.floor(y), rows - 2), y - Math.min(Math.floor(y), rows - 2)];
    for (let j = 0; j < FINE; j++) {
      const x = (j / (FINE - 1)) * (cols - 1);
      const [at, rest] = [Math.min(Math.floor(x), cols - 2), x - Math.min(Math.floor(x), cols - 2)];
      const row = (k) => bytes[k * cols + at] * (1 - rest) + bytes[k * cols + at + 1] * rest;
      const height = (row(low) * (1 - part) + row(low + 1) * part) / 255;
      const level = Math.min(levels - 1, Math.floor(height * levels)) / (levels - 1);
      // From the neutral colour of the scales to a grey on which the path still stands out.
      image.data.set([245 - 153 * level, 245 - 144 * level, 243 - 131 * level, 255], (i * FINE + j) * 4);
    }
  }
  brush.putImageData(image, 0, 0);
}
