// Round numbers along the two sides of a large curve.

import { svg } from "../elements.js";

const FACTORS = [1, 2, 2.5, 5, 10];

/**
 * Round numbers between two, about so many.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} count
 */
export function ticks(low, high, count) {
  const rough = (high - low) / count;
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (FACTORS.find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(6)));
}

/**
 * @param {{ x: (at: number) => number, y: (at: number) => number, width: number, left: number, bottom: number }} place
 * @param {[number, number]} across
 * @param {[number, number]} up
 * @param {string} cell  what is counted across
 */
export function scales({ x, y, width, left, bottom }, across, up, cell) {
  const spelt = (/** @type {number} */ number) => String(number).replace("-", "−");
  return [
    ...ticks(...up, 4).flatMap((at) => [
      svg("path", { class: "grid", d: `M${left} ${y(at)}H${width}` }),
      svg("text", { x: left - 6, y: y(at) + 4, class: "end" }, spelt(at)),
    ]),
    ...ticks(...across, width < 480 ? 4 : 8).map((at) => svg("text", { x: x(at), y: bottom + 18 }, spelt(at))),
    svg("text", { x: width - 2, y: bottom + 36, class: "end name" }, `${cell} →`),
  ];
}
