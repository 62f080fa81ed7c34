// The loss and a small picture of w.grad, at the lower edge of a small screen.

import { el } from "../elements.js";
import { viewOf } from "../life.js";
import { colour, decode } from "../matrix.js";

const ROOM = [120, 40]; // px of the picture at the most

export default function ({ data, parentElement }) {
  viewOf(parentElement, build)(data);
}

function build(root) {
  const loss = el("output", {});
  const name = el("span", { class: "name name-w" }, "w.grad");
  const canvas = el("canvas", { role: "img" });
  root.append(el("div", { class: "glance" }, el("span", { class: "name" }, "loss"), loss, name, canvas));

  return (data) => {
    loss.textContent = data.loss;
    canvas.hidden = !data.gradient;
    name.textContent = data.gradient ? "w.grad" : "w.grad = None";
    if (!data.gradient) return;
    const { rows, cols, cells, peak, shape } = decode(data.gradient);
    const step = Math.max(1, Math.min(16, ROOM[0] / cols, ROOM[1] / rows));
    canvas.setAttribute("aria-label", `w.grad ${shape}`);
    [canvas.width, canvas.height] = [cols, rows];
    canvas.style.cssText = `width:${cols * step}px;height:${rows * step}px`;
    const brush = canvas.getContext("2d");
    if (!brush) return;
    // To ask for a style has the browser find all styles at once: only where it is needed.
    const dark = cells.every(Number.isFinite) ? "" : getComputedStyle(canvas).getPropertyValue("--nonfinite");
    cells.forEach((value, i) => {
      brush.fillStyle = Number.isFinite(value) ? colour(value, peak) : dark;
      brush.fillRect(i % cols, Math.floor(i / cols), 1, 1);
    });
  };
}
