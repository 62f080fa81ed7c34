// The ground of the map: the loss at every pixel, in bands from low to high.

import { decode } from "../matrix.js";

const BANDS = 12;

/**
 * Levels of the map, as far apart in the root of the loss: a bowl has rings of equal breadth.
 *
 * @param {HTMLCanvasElement} canvas
 */
export function paint(canvas, map, side) {
  const { cells, rows, cols, peak } = /** @type {any} */ (decode(map));
  const size = Math.round(side * (window.devicePixelRatio || 1));
  canvas.width = canvas.height = size;
  const brush = canvas.getContext("2d");
  if (!brush) return;
  const theme = getComputedStyle(canvas);
  const stops = [0, 1, 2, 3, 4].map((i) => rgb(theme.getPropertyValue(`--height-${i}`)));
  const colours = Array.from({ length: BANDS }, (_, i) => mixed(stops, i / (BANDS - 1)));
  const band = (x, y) => {
    const [across, up] = [(x / (size - 1)) * (cols - 1), (1 - y / (size - 1)) * (rows - 1)];
    const [j, i] = [Math.min(Math.floor(across), cols - 2), Math.min(Math.floor(up), rows - 2)];
    const [dx, dy] = [across - j, up - i];
    const at = i * cols + j;
    const loss = (cells[at] * (1 - dx) + cells[at + 1] * dx) * (1 - dy)
      + (cells[at + cols] * (1 - dx) + cells[at + cols + 1] * dx) * dy;
    return Math.min(BANDS - 1, Math.floor(Math.sqrt(Math.max(0, loss) / (peak || 1)) * BANDS));
  };
  const image = brush.createImageData(size, size);
  let above = new Int8Array(size);
  for (let y = 0; y < size; y++) {
    const row = new Int8Array(size);
    for (let x = 0; x < size; x++) {
      row[x] = band(x, y);
      const edge = (x && row[x] !== row[x - 1]) || (y && row[x] !== above[x]);
      image.data.set([...colours[row[x]].map((part) => (edge ? part * 0.82 : part)), 255], 4 * (y * size + x));
    }
    above = row;
  }
  brush.putImageData(image, 0, 0);
}

/** @param {string} hex */
function rgb(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.trim().slice(at, at + 2), 16));
}

function mixed(stops, part) {
  const place = part * (stops.length - 1);
  const at = Math.min(Math.floor(place), stops.length - 2);
  return stops[at].map((low, k) => low + (stops[at + 1][k] - low) * (place - at));
}
