// The drawn things: boxes, links with both directions, and the gradients' labels.

import { svg } from "../elements.js";
import { LINE, markOf, SMALL_CHAR, wideOf } from "./place.js";

const SHIFT = 7; // between an edge and its forward and backward lines

export function markers() {
  return svg("defs", {}, ...["forward", "backward"].map((kind) =>
    svg("marker", { id: kind, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto", markerUnits: "userSpaceOnUse" },
      svg("path", { d: "M0 0 L8 4 L0 8 Z", class: `tip-${kind}` })),
  ));
}

// Elements by id: what stays keeps its element, so nothing flickers and focus is not lost.
export function keyed(parent, known, items, make, draw) {
  const seen = new Set(items.map((item) => item.id));
  for (const [id, shown] of known) {
    if (seen.has(id)) continue;
    shown.root.remove();
    known.delete(id);
  }
  items.forEach((item, i) => {
    if (!known.has(item.id)) {
      const shown = make(item);
      known.set(item.id, shown);
      parent.append(shown.root);
    }
    draw(known.get(item.id), item, i);
  });
}

export function newBox(box) {
  const root = svg("g", { "data-id": box.id, role: "button", tabindex: "-1" });
  return { root, text: "" };
}

export function drawBox(shown, box, at) {
  const text = JSON.stringify([box, at.wide, at.high, at.rows, at.mark]);
  shown.root.setAttribute("transform", `translate(${at.x - at.wide / 2} ${at.y - at.high / 2})`);
  if (shown.text === text) return;
  shown.text = text;
  shown.root.setAttribute("class", `box ${box.kind} ${/^\w+$/.test(box.variable ?? "") ? `tone-${box.variable}` : ""}`);
  shown.root.setAttribute("aria-label", [box.variable, box.shape, box.name, box.undrawn, at.mark].filter(Boolean).join(" "));
  const radius = box.kind === "operation" ? 3 : at.high / 2;
  /** @type {SVGElement[]} */
  const parts = [svg("rect", { width: at.wide, height: at.high, rx: radius })];
  const lines = at.rows.length + (at.head ? 1 : 0) + (box.undrawn ? 1 : 0) + (at.mark ? 1 : 0);
  let y = (at.high - lines * LINE) / 2 + 12;
  if (at.head) {
    const head = svg("text", { x: at.wide / 2, y, class: "head" });
    if (box.variable) head.append(svg("tspan", { class: "variable" }, box.variable), " ");
    head.append(svg("tspan", { class: "shape" }, box.shape));
    parts.push(head);
    y += LINE;
  }
  for (const row of at.rows) {
    parts.push(svg("text", { x: at.wide / 2, y, class: "name" }, row));
    y += LINE;
  }
  if (box.undrawn) {
    parts.push(svg("text", { x: at.wide / 2, y, class: "undrawn" }, box.undrawn));
    y += LINE;
  }
  if (at.mark) {
    const wide = wideOf(at.mark);
    parts.push(svg("g", { class: "mark" },
      svg("rect", { x: (at.wide - wide) / 2, y: y - 11.5, width: wide, height: LINE, rx: 3 }),
      svg("text", { x: at.wide / 2, y: y + 0.5 }, at.mark)));
  }
  shown.root.replaceChildren(...parts);
}

export function newLink(link) {
  const forward = svg("path", { class: "forward", "marker-end": "url(#forward)" });
  const backward = svg("path", { class: "backward", "marker-end": "url(#backward)" });
  const hit = svg("path", { class: "hit" }); // a line is too thin to point at
  const root = svg("g", { "data-id": link.id, role: "button", tabindex: "-1" }, hit, forward, backward);
  return { root, hit, forward, backward };
}

// Forward and backward run side by side, each with its own arrow.
export function drawLink(shown, link, route, upright, name) {
  const travels = link.gradient !== null;
  const shift = travels ? SHIFT : 0;
  shown.forward.setAttribute("d", curve(moved(route, -shift, upright).reverse(), upright));
  shown.backward.setAttribute("d", travels ? curve(moved(route, shift, upright), upright) : "");
  shown.backward.setAttribute("stroke-width", 1.2 + 2 * link.strength);
  shown.hit.setAttribute("d", curve(route, upright));
  shown.root.setAttribute("aria-label", name);
  shown.root.setAttribute("class", link.nonfinite ? "link marked" : travels ? "link" : "link still");
}

export function newLabel(link) {
  const ground = svg("rect", { height: 14, rx: 2 });
  const text = svg("text", {});
  return { root: svg("g", { class: "gradient", "data-id": link.id }, ground, text), ground, text };
}

// The numbers stand on the gradient's own line and interrupt it.
export function drawLabel(shown, link, route, upright) {
  const at = Math.floor((route.length - 1) / 2);
  const [[ax, ay], [bx, by]] = moved(route.slice(at, at + 2), SHIFT, upright);
  const [x, y] = [(ax + bx) / 2, (ay + by) / 2];
  const short = !upright || link.gradient?.length < 9; // side by side, long ones would touch
  const size = link.nonfinite ? `${markOf(link)} ${link.size}` : link.size;
  const said = (short ? link.gradient : size) ?? "";
  const wide = said.length * SMALL_CHAR + (said ? 6 : 0);
  shown.root.setAttribute("class", link.nonfinite ? "gradient marked" : "gradient");
  shown.text.textContent = said;
  shown.text.setAttribute("x", x);
  shown.text.setAttribute("y", y + 4);
  shown.ground.setAttribute("x", x - wide / 2);
  shown.ground.setAttribute("y", y - 7);
  shown.ground.setAttribute("width", wide);
}

function moved(points, by, upright) {
  return points.map(([x, y]) => (upright ? [x + by, y] : [x, y + by]));
}

function curve(points, upright) {
  let d = `M${points[0].join(" ")}`;
  for (let i = 1; i < points.length; i++) {
    const [[ax, ay], [bx, by]] = [points[i - 1], points[i]];
    const [mx, my] = [(ax + bx) / 2, (ay + by) / 2];
    d += upright ? ` C${ax} ${my} ${bx} ${my} ${bx} ${by}` : ` C${mx} ${ay} ${mx} ${by} ${bx} ${by}`;
  }
  return d;
}
