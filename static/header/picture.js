// A picture of the screen to pass on: its title, the graph, the loss and the link.

const [WIDTH, HEIGHT] = [1200, 630]; // as previews of links show pictures
const SHARP = 2;
const SIDE = 48;
const [TOP, BOTTOM] = [168, HEIGHT - 128]; // between them stands the graph
const LEAST = 120; // narrower drawings are icons

// What a component's styles say of a drawing: alone, as a picture, it has none of them.
const INLINED = [
  "display", "visibility", "opacity", "color", "fill", "fill-opacity", "stroke", "stroke-width",
  "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "font-family",
  "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "transform",
  "transform-origin", "marker-start", "marker-end",
];

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
    const picture = await read(alone(drawing, wide, high));
    pen.drawImage(picture, (WIDTH - wide) / 2, (TOP + BOTTOM - high) / 2, wide, high);
  }
  const loss = found.map((one) => one.querySelector("output[name=loss]")).find((one) => one?.textContent);
  if (loss) write(`loss ${loss.textContent}`, SIDE, HEIGHT - 72, "600 38px ui-monospace, Menlo, Consolas, monospace");
  write(link, SIDE, HEIGHT - 30, `20px ${font}`);

  const file = await new Promise((resume) => canvas.toBlob(resume, "image/png"));
  const way = document.createElement("a");
  way.href = URL.createObjectURL(file);
  way.download = "autograd-explorer.png";
  way.click();
  setTimeout(() => URL.revokeObjectURL(way.href), 60_000);
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
 * A drawing as an image's address, with the styles that it has on the page.
 *
 * @param {SVGSVGElement} drawing
 * @param {number} width
 * @param {number} height
 */
function alone(drawing, width, height) {
  const copy = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
  const originals = drawing.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((node, i) => {
    const style = getComputedStyle(originals[i]);
    const text = INLINED.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";");
    node.setAttribute("style", text);
  });
  if (!copy.hasAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${drawing.clientWidth} ${drawing.clientHeight}`);
  copy.removeAttribute("style");
  copy.setAttribute("width", String(width * SHARP));
  copy.setAttribute("height", String(height * SHARP));
  return `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
}

/** @param {string} source */
async function read(source) {
  const image = new Image();
  image.src = source;
  await image.decode();
  return image;
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
