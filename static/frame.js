// What the frame sends once for all views, as components/assets.py builds it: words that any of
// them may have to say or to colour, the colours of the scale, and the CSS variables.

/**
 * @typedef {Object} Frame
 * @property {string} language   of the page
 * @property {string} version    which the modules and their styles have in common
 * @property {string} policy     what the page may load, as a header would say it; {host} is to fill in
 * @property {string[]} files    all of them, as paths below static/
 * @property {Record<string, Record<string, string>>} words  by language
 * @property {import("./python.js").Words} python  which words have a colour of their own
 * @property {string[]} scale    #rrggbb, from the most negative to the most positive
 * @property {Record<string, string>} icons  paths on a ground of 16 by 16
 * @property {string} variables  CSS
 */

/** @type {Frame["words"]} */
let said = {};
/** @type {Frame["python"]} */
let coloured = { keywords: [], names: [] };
/** @type {number[][]} */
let stops = [];
/** @type {Frame["icons"]} */
let drawings = {};

/** @param {Pick<Frame, "words" | "python" | "scale" | "icons">} frame */
export function take({ words, python, scale, icons }) {
  said = words;
  coloured = python;
  drawings = icons;
  stops = scale.map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));
}

/** In the page's language. */
export function words() {
  return said[document.documentElement.lang] ?? said.en;
}

/** The words of a program that have a colour of their own. */
export function python() {
  return coloured;
}

/** Paths by name, to be drawn by icons.js. */
export function icons() {
  return drawings;
}

/** Red, green and blue of each stop, from the most negative to the most positive. */
export function scale() {
  return stops;
}
