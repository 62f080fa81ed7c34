// The drawn things: boxes, links, and the gradients' labels.

import { svg } from "../elements.js";
import { icon } from "../icons.js";
import { breadthOf, HEAD, LINE, markOf, ROW, SIGN } from "./place.js";

export function markers() {
  return svg("defs", {}, ...["forward", "backward"].map((kind) =>
    svg("marker", { id: kind, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto", markerUnits: "userSpaceOnUse" },
      svg("path", { d: "M1 1 L7 4 L1 7", class: `tip-${kind}` })),
  ));
}

// Elements by id: what stays keeps its element, so nothing flickers and focus is not lost.
export function keyed(parent, known, items, idOf, make, draw) {
  const seen = new Set(items.map(idOf));
  for (const [id, shown] of known) {
    if (seen.has(id)) continue;
    shown.root.remove();
    known.delete(id);
  }
  for (const item of items) {
    const id = idOf(item);
    if (!known.has(id)) {
      const shown = make(id);
      known.set(id, shown);
      parent.append(shown.root);
    }
    draw(known.get(id), item);
  }
}

export function newBox(id) {
  return { root: svg("g", { "data-id": id, role: "button", tabindex: "-1" }), text: "" };
}

export function drawBox(shown, { box, at }) {
  const { root } = shown;
  const { x, y: middle, ...look } = at;
  root.setAttribute("transform", `translate(${x - at.wide / 2} ${middle - at.high / 2})`);
  const text = JSON.stringify([box, look]);
  if (shown.text === text) return;
  shown.text = text;
  const tone = /^\w+$/.test(box.variable ?? "") ? `tone-${box.variable}` : "";
  const severity = box.told ? (box.alarm ? "alarm" : "fact") : "";
  root.setAttribute("class", `box ${box.kind} ${tone} ${at.open ? "open" : ""} ${severity}`);
  const held = box.boxes?.map(({ name }) => name).join(", ");
  root.setAttribute("aria-label", [box.variable, box.shape, box.name, held, box.undrawn, at.mark, ...at.told].filter(Boolean).join(" "));
  if (box.kind === "fold") root.setAttribute("aria-expanded", String(at.open));
  const radius = box.kind === "leaf" || box.kind === "none" ? at.high / 2 : 5;
  /** @type {SVGElement[]} */
  const parts = [svg("rect", { width: at.wide, height: at.high, rx: Math.min(radius, 20) })];
  if (box.kind === "none") parts.unshift(svg("rect", { class: "hit", width: at.wide, height: at.high })); // it is small
  if (at.open) {
    parts.push(svg("text", { x: at.wide - 12, y: LINE + 2, class: "name end" }, `${box.name} −`));
    root.replaceChildren(...parts);
    return;
  }
  if (box.kind === "fold") parts.unshift(svg("path", { class: "stack", d: `M4 ${at.high + 4} H${at.wide + 4} V4` }));
  const lines = at.rows.length + at.told.length + [at.head, box.undrawn, at.mark].filter(Boolean).length;
  let y = (at.high - lines * LINE) / 2 + 13.5;
  const row = (kind, ...said) => {
    parts.push(svg("text", { x: at.wide / 2, y, class: kind }, ...said));
    y += LINE;
  };
  if (at.head) {
    const variable = box.variable ? [svg("tspan", { class: "variable" }, box.variable), " "] : [];
    row("head", ...variable, svg("tspan", { class: "shape" }, box.shape));
    if (box.kind === "leaf") {
      parts.at(-1)?.setAttribute("x", String((at.wide + SIGN) / 2));
      const leaf = icon("leaf");
      const left = (at.wide - breadthOf(at.head, HEAD) - SIGN) / 2;
      for (const [name, value] of Object.entries({ x: left, y: y - LINE - 11, width: 14, height: 14 })) {
        leaf.setAttribute(name, String(value));
      }
      parts.push(leaf);
    }
  }
  // One text, however many rows it takes: as several, a long name would be read as several words.
  row("name", ...at.rows.map((said, i) => svg("tspan", { x: at.wide / 2, y: y + i * LINE }, said)));
  y += (at.rows.length - 1) * LINE;
  if (box.undrawn) row("undrawn", box.undrawn);
  const ground = (kind, rows) => {
    const wide = Math.max(...rows.map((said) => breadthOf(said))) + 10;
    parts.push(svg("g", { class: kind },
      svg("rect", { x: (at.wide - wide) / 2, y: y - 13.5, width: wide, height: LINE * rows.length, rx: 3 }),
      ...rows.map((said, i) => svg("text", { x: at.wide / 2, y: y + i * LINE }, said))));
    y += LINE * rows.length;
  };
  if (at.mark) ground("mark", [at.mark]);
  if (at.told.length) ground("said", at.told);
  root.replaceChildren(...parts);
}

export function newLink(id) {
  const forward = svg("path", { class: "forward", "marker-end": "url(#forward)" });
  const backward = svg("path", { class: "backward", "marker-end": "url(#backward)" });
  const hit = svg("path", { class: "hit" }); // a line is too thin to point at
  const root = svg("g", { "data-id": id, role: "button", tabindex: "-1" }, hit, forward, backward);
  return { root, hit, forward, backward };
}

// One line: grey the forward way, and over it, where a gradient is shown or has gone, the way back.
export function drawLink(shown, { link, route }, upright, name) {
  const travels = link.gradient !== null;
  const back = curve(route, upright);
  shown.forward.setAttribute("d", curve([...route].reverse(), upright));
  shown.backward.setAttribute("d", travels ? back : "");
  shown.backward.setAttribute("stroke-width", 1.5 + 2 * link.strength);
  shown.hit.setAttribute("d", back);
  shown.root.setAttribute("aria-label", name);
  shown.root.setAttribute("class", link.nonfinite ? "link marked" : travels ? "link" : "link still");
}

export function newLabel(id) {
  return { root: svg("g", { class: "gradient", "data-id": id }), text: "" };
}

// A mark of what is not finite stands on the line while the numbers are hidden.
export function drawLabel(shown, { link, label }) {
  const text = JSON.stringify([link.nonfinite, label]);
  if (shown.text === text) return;
  shown.text = text;
  shown.root.setAttribute("class", link.nonfinite ? "gradient marked" : "gradient");
  const parts = label.rows.length ? [plate("full", label.rows, label.x, label.top)] : [];
  if (link.nonfinite) parts.push(plate("short", [markOf(link)], label.x, label.middle - ROW / 2));
  shown.root.replaceChildren(...parts);
}

export function plate(kind, rows, x, y) {
  const wide = Math.max(...rows.map((row) => breadthOf(row))) + 8;
  return svg("g", { class: kind },
    svg("rect", { x: x - wide / 2, y, width: wide, height: rows.length * ROW + 2, rx: 3 }),
    ...rows.map((row, i) => svg("text", { x, y: y + 12.5 + i * ROW }, row)));
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
