// A drawing by itself, as a picture to pass on.

// What a component's styles say of a drawing: alone, as a picture, it has none of them.
const INLINED = [
  "display", "visibility", "opacity", "color", "fill", "fill-opacity", "stroke", "stroke-width",
  "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "font-family",
  "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "transform",
  "transform-origin", "marker-start", "marker-end",
];

/**
 * A drawing as the text of an SVG file, with the styles that it has on the page.
 *
 * @param {SVGSVGElement} drawing
 * @param {number} width
 * @param {number} height
 */
export function alone(drawing, width, height) {
  const copy = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
  const originals = drawing.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((node, i) => {
    const style = getComputedStyle(originals[i]);
    const text = INLINED.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";");
    node.setAttribute("style", text);
  });
  if (!copy.hasAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${drawing.clientWidth} ${drawing.clientHeight}`);
  copy.removeAttribute("style");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  return new XMLSerializer().serializeToString(copy);
}

/** @param {string} text  of an SVG file */
export function addressOf(text) {
  return `data:image/svg+xml,${encodeURIComponent(text)}`;
}

/** @param {string} source */
export async function read(source) {
  const image = new Image();
  image.src = source;
  await image.decode();
  return image;
}

/**
 * Have the browser save a file.
 *
 * @param {string} name
 * @param {Blob} content
 */
export function keep(name, content) {
  const way = document.createElement("a");
  way.href = URL.createObjectURL(content);
  way.download = name;
  way.click();
  setTimeout(() => URL.revokeObjectURL(way.href), 60_000);
}
