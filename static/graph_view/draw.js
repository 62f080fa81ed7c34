// The drawn things: boxes, links, and the gradients' labels.

import { el, svg } from "../elements.js";
import { icon } from "../icons.js";
import { BAR, breadthOf, HEAD, LINE, markOf, ROW, SIGN, STRIP } from "./measure.js";
import { DIAL } from "./place.js";

const LONGEST_DIAL = 360;
const EDGE = 1.5; // px of the border of an open box that lie inside it

export function markers() {
  return svg("defs", {}, ...["forward", "backward"].map((kind) =>
    svg("marker", { id: kind, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto", markerUnits: "userSpaceOnUse" },
      svg("path", { d: "M1 1 L7 4 L1 7", class: `tip-${kind}` })),
  ), svg("pattern", { id: "zeros", width: 4, height: 4, patternUnits: "userSpaceOnUse" },
    svg("path", { d: "M0 4 L4 0", class: "hatch" })));
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

/** @param {(id: string, turn: number, done: boolean) => void} turned  told of another turn of an open box */
export function drawBox(shown, { box, at }, turned) {
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
  root.setAttribute("aria-label", [
    box.title, box.variable, box.shape, box.name, box.held ?? held, at.mark, ...at.told, box.bar?.words,
  ].filter(Boolean).join(" "));
  if (box.kind === "fold") root.setAttribute("aria-expanded", String(at.open));
  const radius = box.kind === "leaf" || box.kind === "none" ? at.high / 2 : 5;
  /** @type {SVGElement[]} */
  const parts = [svg("rect", { width: at.wide, height: at.high, rx: Math.min(radius, 20) })];
  if (box.kind === "none") parts.unshift(svg("rect", { class: "hit", width: at.wide, height: at.high })); // it is small
  if (at.open) {
    const title = box.title ? [svg("tspan", { class: "variable" }, box.title), " "] : [];
    // Lines that come from above go on behind these, and not through what is written there.
    const band = { x: EDGE, y: EDGE, width: at.wide - 2 * EDGE, rx: 4 };
    if (box.turns) parts.push(svg("rect", { ...band, class: "dialled", height: at.header + DIAL - EDGE }));
    parts.push(svg("rect", { ...band, class: "header", height: at.header - EDGE }));
    parts.push(svg("text", { x: at.wide - 12, y: at.header / 2 + 5, class: "name end" }, ...title, box.name, " −"));
    fill(root, parts, box.turns ? dialOf(shown, box, at, turned) : null);
    return;
  }
  if (box.kind === "fold") parts.unshift(svg("path", { class: "stack", d: `M4 ${at.high + 4} H${at.wide + 4} V4` }));
  const lines = at.rows.length + at.told.length + [at.head, at.mark].filter(Boolean).length;
  const below = box.turns?.bars.length ? STRIP : box.bar ? BAR : 0;
  let y = (at.high - below - lines * LINE) / 2 + 13.5;
  const row = (kind, ...said) => {
    parts.push(svg("text", { x: at.wide / 2, y, class: kind }, ...said));
    y += LINE;
  };
  if (at.head) {
    const strong = box.title ?? box.variable;
    const variable = strong ? [svg("tspan", { class: "variable" }, strong), " "] : [];
    row("head", ...variable, svg("tspan", { class: "shape" }, box.shape ?? ""));
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
  const ground = (kind, rows) => {
    const wide = Math.max(...rows.map((said) => breadthOf(said))) + 10;
    parts.push(svg("g", { class: kind },
      svg("rect", { x: (at.wide - wide) / 2, y: y - 13.5, width: wide, height: LINE * rows.length, rx: 3 }),
      ...rows.map((said, i) => svg("text", { x: at.wide / 2, y: y + i * LINE }, said))));
    y += LINE * rows.length;
  };
  if (at.mark) ground("mark", [at.mark]);
  if (at.told.length) ground("said", at.told);
  if (below === STRIP) parts.push(strip(box.turns.bars, at));
  else if (below) parts.push(bar(box.bar, at));
  fill(root, parts, null);
}

// New parts in a box; a dial that stands there stays, or it would lose the hand that moves it.
function fill(root, parts, dial) {
  for (const child of [...root.children]) if (child !== dial) child.remove();
  root.prepend(...parts);
  if (dial && !dial.isConnected) root.append(dial);
}

// How large a gradient is, in powers of ten; of that length, what is hatched is zeros.
function bar({ long, zeros, nonfinite }, { wide, high }) {
  const [all, y] = [wide - 16, high - 11];
  const full = nonfinite ? all : all * long;
  return svg("g", { class: nonfinite ? "bar odd" : "bar" },
    svg("rect", { class: "track", x: 8, y, width: all, height: 5 }),
    svg("rect", { class: "size", x: 8, y, width: full, height: 5 }),
    svg("rect", { class: "zeros", x: 8 + full * (1 - zeros), y, width: full * zeros, height: 5 }));
}

// The same of turns side by side, the first one first.
function strip(bars, { wide, high }) {
  const each = (wide - 16) / bars.length;
  return svg("g", { class: "bar" },
    svg("path", { class: "track", d: `M8 ${high - 5.5} H${wide - 8}` }),
    ...bars.map((long, i) => svg("rect", {
      class: "size", x: 8 + i * each, y: high - 6 - 18 * long, width: Math.max(1, each - 1), height: 18 * long,
    })));
}

// Which turn is shown: a native slider, for a finger, a mouse, and keys.
function dialOf(shown, box, at, turned) {
  const { count, names, more } = box.turns;
  if (!shown.dial) {
    const slide = el("input", { type: "range", min: 1, max: count, step: 1 });
    const said = el("output", {});
    shown.dial = svg("foreignObject", { height: DIAL }, el("div", { class: "dial" }, slide, said));
    shown.say = (turn) => {
      said.textContent = names[turn] ?? more.replace("{turn}", String(turn + 1));
      slide.setAttribute("aria-valuetext", said.textContent);
    };
    slide.addEventListener("input", () => {
      shown.say(slide.valueAsNumber - 1);
      turned(box.id, slide.valueAsNumber - 1, false);
    });
    slide.addEventListener("change", () => turned(box.id, slide.valueAsNumber - 1, true));
    shown.slide = slide;
  }
  shown.dial.setAttribute("y", at.header);
  const width = Math.min(at.wide - 8, LONGEST_DIAL); // beside the title, at the side of the loss
  shown.dial.setAttribute("width", width);
  shown.dial.setAttribute("x", at.wide - width - 4);
  shown.slide.setAttribute("aria-label", at.dial);
  if (shown.turn !== at.turn) {
    shown.slide.value = String(at.turn + 1);
    shown.say(at.turn);
    shown.turn = at.turn;
  }
  return shown.dial;
}

export function newLink(key) {
  const id = key.slice(key.lastIndexOf(" ") + 1);
  const forward = svg("path", { class: "forward" });
  const backward = svg("path", { class: "backward" });
  const hit = svg("path", { class: "hit" }); // a line is too thin to point at
  const root = svg("g", { "data-id": id, "data-key": key, role: "button", tabindex: "-1" }, hit, forward, backward);
  return { root, hit, forward, backward };
}

// One line: grey the forward way, and over it, where a gradient is shown or has gone, the way back.
export function drawLink(shown, { link, route }, upright, name) {
  const travels = link.gradient !== null;
  const back = curve(route, upright);
  shown.forward.setAttribute("d", curve([...route].reverse(), upright));
  // What goes on beyond the border of a box has its arrow's head there.
  shown.forward.setAttribute("marker-end", link.goesOn[0] ? "" : "url(#forward)");
  shown.backward.setAttribute("marker-end", link.goesOn[1] ? "" : "url(#backward)");
  shown.backward.setAttribute("d", travels ? back : "");
  shown.backward.setAttribute("stroke-width", 1.5 + 2 * link.strength);
  shown.hit.setAttribute("d", back);
  shown.root.setAttribute("aria-label", name);
  shown.root.setAttribute("class", link.nonfinite ? "link marked" : travels ? "link" : "link still");
}

export function newLabel(key) {
  const id = key.slice(key.lastIndexOf(" ") + 1);
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
