// A picture of the screen to pass on: its title, the graph, the loss and the link.

import { addressOf, alone, keep, read } from "../alone.js";

const [WIDTH, HEIGHT] = [1200, 630]; // as previews of links show pictures
const SHARP = 2;
const SIDE = 48;
const [TOP, BOTTOM] = [168, HEIGHT - 128]; // between them stands the graph
const LEAST = 120; // narrower drawings are icons

/**
 * @param {import("../life.js").Root} root  of the component whose colours the picture has
 * @param {{ mark: string, labels: Record<string, string> }} header
 * @param {string} link
 */
export async function savePicture(root, { mark, labels }, link) {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH * SHARP;
  canvas.height = HEIGHT * SHARP;
  const pen = canvas.getContext("2d");
  const row = root.querySelector(".row");
  if (!pen || !row) return;
  pen.scale(SHARP, SHARP);
  const { backgroundColor: page, color: ink, fontFamily: font } = getComputedStyle(row);
  pen.fillStyle = page;
  pen.fillRect(0, 0, WIDTH, HEIGHT);

  /** @type {(text: string, x: number, y: number, style: string) => void} */
  const write = (text, x, y, style) => {
    pen.font = style;
    pen.fillStyle = ink;
    pen.fillText(fit(pen, text, WIDTH - SIDE - x), x, y);
  };
  pen.drawImage(await read(mark), SIDE, 32, 40, 40);
  write(labels.app_title, SIDE + 54, 61, `650 26px ${font}`);
  write(document.querySelector("h1")?.textContent ?? "", SIDE, 132, `650 38px ${font}`);

  const found = [...roots(document)];
  const drawing = largest(found);
  if (drawing) {
    const { width, height } = drawing.getBoundingClientRect();
    const scale = Math.min((WIDTH - 2 * SIDE) / width, (BOTTOM - TOP) / height, 2);
    const [wide, high] = [width * scale, height * scale];
    const picture = await read(addressOf(alone(drawing, wide * SHARP, high * SHARP)));
    pen.drawImage(picture, (WIDTH - wide) / 2, (TOP + BOTTOM - high) / 2, wide, high);
  }
  const loss = found.map((one) => one.querySelector("output[name=loss]")).find((one) => one?.textContent);
  if (loss) write(`loss ${loss.textContent}`, SIDE, HEIGHT - 72, "600 38px ui-monospace, Menlo, Consolas, monospace");
  write(link, SIDE, HEIGHT - 30, `20px ${font}`);

  /** @type {Blob | null} */
  const file = await new Promise((resume) => canvas.toBlob(resume, "image/png"));
  if (file) keep("autograd-explorer.png", file);
}

/**
 * The roots of all components, those on boards included.
 *
 * @param {Document | ShadowRoot} from
 * @returns {Generator<ShadowRoot>}
 */
function* roots(from) {
  for (const { shadowRoot } of from.querySelectorAll("*")) {
    if (!shadowRoot) continue;
    yield shadowRoot;
    yield* roots(shadowRoot);
  }
}

/** @param {ShadowRoot[]} found */
function largest(found) {
  const area = (/** @type {SVGElement} */ one) => one.clientWidth * one.clientHeight;
  return found
    .flatMap((root) => [...root.querySelectorAll("svg")])
    .filter((one) => one.clientWidth >= LEAST)
    .sort((one, two) => area(two) - area(one))[0];
}

/**
 * A text as far as it fits, with its middle left out where it does not.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {string} text
 * @param {number} width
 */
function fit(pen, text, width) {
  if (pen.measureText(text).width <= width) return text;
  let kept = text.length;
  let shown = text;
  while (kept > 8 && pen.measureText(shown).width > width) {
    kept -= 2;
    shown = `${text.slice(0, kept / 2)}…${text.slice(-kept / 4)}`;
  }
  return shown;
}
