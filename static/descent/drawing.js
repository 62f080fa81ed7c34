// The two drawings of a race: the map of the loss with the paths on it, and the losses as curves.
// A path has a colour, a dash and a mark of its own.

import { el, svg } from "../elements.js";
import { paint } from "./contour.js";

const RIM = 11; // px from the rim at which an arrow stands
const LEFT = 44; // px for what stands beside the curves
const BELOW = 20;
const TITLE = 24; // px at the top of an axis, for its title
const RADIUS = 6;
const SIGN = 50; // px of a mark for what is not finite
const SHAPES = {
  sgd: "M-6 0A6 6 0 1 0 6 0A6 6 0 1 0-6 0Z",
  momentum: "M-5.5-5.5H5.5V5.5H-5.5Z",
  adam: "M0-7L6.5 5H-6.5Z",
};

/** @typedef {import("./view.js").Racer} Racer */

/**
 * The mark of a racer, as it stands in the text.
 *
 * @param {Racer} racer
 */
export function markOf({ key }) {
  return svg("svg", { viewBox: "-16 -8 32 16", width: 32, height: 16, "aria-hidden": "true" },
    svg("path", { class: `line of-${key}`, d: "M-16 0H16" }), svg("path", { class: `mark of-${key}`, d: SHAPES[key] }));
}

/** @param {Element} box */
export function buildMap(box) {
  const canvas = el("canvas", {});
  const picture = svg("svg", { role: "img" });
  const above = el("span", { class: "axis up" });
  const below = el("div", { class: "axis across" });
  const paths = buildPaths(picture);
  const arrows = svg("g", {});
  picture.append(arrows);
  const frame = el("div", { class: "ground" }, canvas, picture, above);
  box.append(el("div", { class: "map" }, frame, below));
  let side = 0;

  function resize(map, high) {
    side = high - BELOW;
    frame.style.width = frame.style.height = `${side}px`;
    below.style.width = `${side}px`;
    below.replaceChildren(map.ends[0][0], el("b", {}, `${map.names[0]} →`), map.ends[0][1]);
    above.replaceChildren(el("b", {}, `↑ ${map.names[1]}`));
    paint(canvas, map, side);
    picture.setAttribute("viewBox", `0 0 ${side} ${side}`);
  }

  /**
   * @param {Racer[]} racers
   * @param {number} step
   * @param {Record<string, string>} labels
   */
  function draw(racers, step, labels) {
    picture.setAttribute("aria-label", labels.map);
    const onMap = ([x, y]) => [x * side, (1 - y) * side];
    const out = paths.draw(racers, step, (racer, k) => racer.path[k] && onMap(racer.path[k]), side, side);
    arrows.replaceChildren(...out.map(([racer, [x, y]]) => {
      const angle = (Math.atan2(y - side / 2, x - side / 2) * 180) / Math.PI;
      const part = (side / 2 - RIM) / Math.max(Math.abs(x - side / 2), Math.abs(y - side / 2));
      const at = [x, y].map((place) => (side / 2 + (place - side / 2) * part).toFixed(1));
      return svg("g", { class: `arrow of-${racer.key}`, transform: `translate(${at.join(" ")})` },
        svg("path", { d: "M-8-6L8 0L-8 6L-4 0Z", transform: `rotate(${angle.toFixed(1)})` }));
    }));
  }
  return { resize, draw };
}

/** @param {Element} box */
export function buildCurves(box) {
  const picture = svg("svg", { class: "curves", role: "img" });
  const axes = svg("g", { class: "axes" });
  picture.append(axes);
  const plot = svg("svg", { x: LEFT, y: 0 });
  picture.append(plot);
  const paths = buildPaths(plot);
  const marks = svg("g", { class: "marks" });
  picture.append(marks);
  box.append(picture);
  let [wide, high, last] = [0, 0, 0];

  function resize(data, width, height) {
    [wide, high, last] = [width - LEFT - RADIUS, height - BELOW, data.stops.at(-1)];
    picture.setAttribute("width", String(width));
    picture.setAttribute("height", String(height));
    picture.setAttribute("aria-label", data.labels.curve);
    plot.setAttribute("width", String(wide + RADIUS));
    plot.setAttribute("height", String(high));
    const text = (x, y, anchor, ...words) => svg("text", { x, y, "text-anchor": anchor }, ...words);
    const level = ({ at, power, text: said }) => {
      const y = (1 - at) * high;
      const label = said.includes("<")
        ? ["10", svg("tspan", { dy: -5, "font-size": 11 }, String(power).replace("-", "−"))] : [said];
      return [svg("path", { d: `M${LEFT} ${y}H${LEFT + wide}` }), text(LEFT - 6, y + 5, "end", ...label)];
    };
    axes.replaceChildren(
      ...data.ticks.filter(({ at }) => (1 - at) * high > TITLE).flatMap(level),
      svg("path", { class: "edge", d: `M${LEFT} 0V${high}H${LEFT + wide}` }),
      text(LEFT, height - 4, "start", "0"),
      text(LEFT + wide / 2, height - 4, "middle", `${data.labels.step} →`),
      ...(last ? [text(LEFT + wide, height - 4, "end", String(last))] : []),
      svg("text", { class: "title", x: LEFT - 6, y: 12, "text-anchor": "end" }, "loss"));
  }

  /**
   * @param {Racer[]} racers
   * @param {number} step
   */
  function draw(racers, step) {
    const x = (k) => (k / (last || 1)) * wide;
    const clipped = (height) => Math.min(1.05, Math.max(-0.05, height));
    paths.draw(racers, step, ({ heights }, k) => {
      const height = heights[k];
      return height === null ? null : [x(k), (1 - clipped(height)) * high];
    }, wide + RADIUS, high, RADIUS);
    marks.replaceChildren(...racers.flatMap((racer, row) => {
      let free = LEFT; // beside the mark before
      return racer.marks.filter(([k]) => k <= step).map(([k, sign]) => {
        const left = Math.max(free, LEFT + Math.min(wide - SIGN, x(k) - SIGN / 2));
        free = left + SIGN + 2;
        return svg("g", { transform: `translate(${left} ${2 + 24 * row})` },
          svg("rect", { class: `sign of-${racer.key}`, width: SIGN, height: 20, rx: 3 }),
          svg("path", { class: `mark of-${racer.key}`, d: SHAPES[racer.key], transform: "translate(10 10)" }),
          svg("text", { "text-anchor": "middle", x: 33, y: 15 }, sign));
      });
    }));
  }

  /** @param {(part: number) => void} then - called with how far along the steps a reader points */
  function onPick(then) {
    const pick = (event) => then(Math.min(1, Math.max(0, (event.clientX - picture.getBoundingClientRect().left - LEFT) / wide)));
    picture.addEventListener("pointerdown", (event) => {
      picture.setPointerCapture(event.pointerId);
      pick(event);
    });
    picture.addEventListener("pointermove", (event) => event.buttons && pick(event));
  }
  return { resize, draw, onPick };
}

/** @param {number[]} place */
function point(place) {
  return place.map((at) => at.toFixed(1)).join(" ");
}

/**
 * The paths of the racers up to a step, a mark where each stands, and a dot where it began.
 *
 * @param {SVGElement} picture
 */
function buildPaths(picture) {
  /**
   * @param {Racer[]} racers
   * @param {number} step       maybe between two whole ones
   * @param {(racer: Racer, step: number) => number[] | null} place
   * @returns {[Racer, number[]][]} who has left the picture, and the place towards which
   */
  function draw(racers, step, place, wide, high, room = 0) {
    const whole = Math.floor(step);
    /** @type {[Racer, number[]][]} */
    const out = [];
    /** @param {number[]} place */
    const inside = ([x, y]) => x >= -room && x <= wide && y >= -room && y <= high + room;
    // The chosen one lies on top.
    const drawn = [...racers].sort((one, other) => Number(one.chosen) - Number(other.chosen)).map((racer) => {
      const places = racer.heights.slice(0, whole + 1).map((_, k) => place(racer, k));
      const next = step > whole ? place(racer, whole + 1) : null;
      let here = places[whole];
      if (here && next) {
        here = here.map((from, i) => from + (next[i] - from) * (step - whole));
        places.push(here);
      }
      const end = here ?? places.findLast((each) => each !== null);
      // Of a step between two places off the picture nothing is drawn: it never was in it.
      let pen = false;
      const line = places.map((to, i) => {
        const from = places[i - 1];
        const seen = from && to && (inside(from) || inside(to));
        const move = seen && !pen ? `M${point(from)}` : "";
        pen = Boolean(seen);
        return seen ? `${move}L${point(to)}` : "";
      }).join("");
      if (end && !inside(end)) out.push([racer, end]);
      const group = svg("g", { class: `racer ${racer.chosen ? "chosen" : ""}` },
        svg("path", { class: "casing", d: line }), svg("path", { class: `line of-${racer.key}`, d: line }));
      if (here && inside(here)) {
        group.append(svg("path", { class: `mark of-${racer.key}`, d: SHAPES[racer.key],
          transform: `translate(${point(here)})` }));
      }
      return group;
    });
    const start = place(racers[0], 0);
    if (start) drawn.splice(-1, 0, svg("circle", { class: "start", r: 4, cx: start[0], cy: start[1] }));
    layer.replaceChildren(...drawn);
    return out;
  }
  const layer = svg("g", {});
  picture.append(layer);
  return { draw };
}
