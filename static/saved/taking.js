// What can be taken away of a saved run: pictures of the graph, and tables.

import { addressOf, alone, keep, read } from "../alone.js";

const LARGEST = 8_000; // px of a picture's side
const SHARP = 2;

/**
 * The whole picture of the graph, also what does not fit on the screen.
 *
 * @param {HTMLElement} page
 */
function picture(page) {
  const drawing = /** @type {SVGSVGElement} */ (page.querySelector("[data-key^=graph_view]")?.shadowRoot?.querySelector(".frame > svg"));
  const { width, height } = drawing.viewBox.baseVal;
  return { text: alone(drawing, width, height), width, height };
}

/**
 * @param {HTMLElement} page
 * @param {string} name  of the file
 */
export function keepSvg(page, name) {
  keep(name, new Blob([picture(page).text], { type: "image/svg+xml" }));
}

/**
 * @param {HTMLElement} page
 * @param {string} name
 */
export async function keepPng(page, name) {
  const { text, width, height } = picture(page);
  const scale = Math.min(SHARP, LARGEST / width, LARGEST / height);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * scale, height * scale];
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(await read(addressOf(text)), 0, 0, canvas.width, canvas.height);
  /** @type {Blob | null} */
  const file = await new Promise((resume) => canvas.toBlob(resume, "image/png"));
  if (file) keep(name, file);
}

/**
 * @param {string} text
 * @param {string} name
 */
export function keepTable(text, name) {
  keep(name, new Blob([text], { type: "text/csv" }));
}
