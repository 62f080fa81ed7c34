// A recorded graph as SVG. Positions come from layout.py in layers and slots; here they become
// pixels: layers run right to left on a wide screen, bottom to top on a narrow one.

const CHAR = 7.3; // width of a character of the 12px monospace face
const SMALL_CHAR = 6.7; // and of the 11px one
const LINE = 16;
const NARROW = 620;
const SHIFT = 7; // between an edge and its forward and backward lines
const PORT = 28; // between two links on one side of a box

export default function ({ data, parentElement }) {
  viewOf(parentElement, build)(data);
}

function build(root) {
  const legend = el("ul", { class: "legend" });
  const frame = el("div", { class: "frame" });
  const picture = svg("svg", { role: "img" });
  const lines = svg("g", { class: "links" });
  const boxes = svg("g", { class: "boxes" });
  const labels = svg("g", { class: "labels" });
  picture.append(markers(), lines, labels, boxes);
  frame.append(picture);
  root.append(frame, legend);
  const drawnBoxes = new Map();
  const drawnLinks = new Map();
  const drawnLabels = new Map();
  let latest = null;
  let width = 0;

  new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (now === width) return;
    width = now;
    draw();
  }).observe(frame);

  function draw() {
    if (!latest || !width) return;
    const upright = width < NARROW;
    const placed = place(latest, upright, width);
    picture.setAttribute("viewBox", `0 0 ${placed.width} ${placed.height}`);
    // Never larger than life; smaller down to two thirds, then the frame scrolls.
    const scale = Math.max(0.66, Math.min(1, width / placed.width));
    picture.style.width = `${placed.width * scale}px`;
    picture.setAttribute("aria-label", `${latest.labels.graph}: ${latest.summary}`);
    keyed(boxes, drawnBoxes, latest.boxes, newBox, (shown, box, i) => drawBox(shown, box, placed.boxes[i]));
    keyed(lines, drawnLinks, latest.links, newLink, (shown, link, i) =>
      drawLink(shown, link, placed.routes[i], upright));
    keyed(labels, drawnLabels, latest.links, newLabel, (shown, link, i) =>
      drawLabel(shown, link, placed.routes[i], upright));
    legend.replaceChildren(
      ...["operation", "leaf", "no_gradient", "forward", "backward"].map((kind) =>
        el("li", {}, el("span", { class: `key ${kind}` }), latest.labels[kind]),
      ),
    );
  }

  return (data) => {
    latest = data;
    draw();
  };
}

function markers() {
  return svg("defs", {}, ...["forward", "backward"].map((kind) =>
    svg("marker", { id: kind, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto", markerUnits: "userSpaceOnUse" },
      svg("path", { d: "M0 0 L8 4 L0 8 Z", class: `tip-${kind}` })),
  ));
}

// Elements by id: what stays keeps its element, so nothing flickers and focus is not lost.
function keyed(parent, known, items, make, draw) {
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

// A class name is broken before capitals, into lines of at most `most` characters.
function wrapped(name, most) {
  const rows = [""];
  for (const word of name.match(/[A-Z]+[a-z]*[0-9]*|[^A-Z]+/g) ?? [name]) {
    if (rows.at(-1) && rows.at(-1).length + word.length > most) rows.push("");
    rows[rows.length - 1] += word;
  }
  return rows;
}

function textOf(box, upright) {
  if (box.kind === "none") return { head: "", rows: ["None"] };
  const head = [box.variable, box.shape].filter(Boolean).join(" ");
  return { head, rows: wrapped(box.name, upright ? 16 : 20) };
}

function place(data, upright, room) {
  const sizes = data.boxes.map((box) => {
    const text = textOf(box, upright);
    const rows = [...(text.head ? [text.head] : []), ...text.rows];
    const none = box.kind === "none";
    return {
      ...text,
      wide: Math.ceil(Math.max(...rows.map((row) => row.length)) * CHAR) + (none ? 12 : 24),
      high: rows.length * LINE + (none ? 6 : 16),
    };
  });
  const along = upright ? "high" : "wide"; // the direction in which layers follow each other
  const across = upright ? "wide" : "high";
  const ports = portsOf(data);
  sizes.forEach((size, i) => (size[across] = Math.max(size[across], ports.most[i] * PORT)));
  const depth = Math.max(...data.boxes.map((box) => box.layer)) + 1;
  const thickness = Array.from({ length: depth }, (_, layer) =>
    Math.max(...sizes.filter((_, i) => data.boxes[i].layer === layer).map((size) => size[along])),
  );
  const widest = Math.max(...data.links.map((link) => (link.gradient ?? "").length)) * SMALL_CHAR;
  const gap = upright ? 50 : Math.max(64, widest + 40);
  const pitch = Math.max(...sizes.map((size) => size[across])) + (upright ? 10 : 16);
  const middles = [];
  let at = 8;
  for (let layer = depth - 1; layer >= 0; layer--) {
    middles[layer] = at + thickness[layer] / 2;
    at += thickness[layer] + gap;
  }
  const length = at - gap + 8;
  const slots = [...data.boxes.map((box) => box.slot), ...data.links.flatMap((link) => link.bends)];
  const breadth = (Math.max(...slots) + 1) * pitch;
  const point = (layer, slot) => {
    const side = slot * pitch + pitch / 2;
    return upright ? [side, middles[layer]] : [middles[layer], side];
  };
  const boxes = data.boxes.map((box, i) => {
    const [x, y] = point(box.layer, box.slot);
    return { ...sizes[i], x, y };
  });
  // Where a link leaves or enters: the box's side that faces the other end, at the link's port.
  const end = (i, side, port) => {
    const box = boxes[i];
    return upright
      ? [box.x + port * PORT, box.y + (side * box.high) / 2]
      : [box.x + (side * box.wide) / 2, box.y + port * PORT];
  };
  const routes = data.links.map((link, k) => [
    end(link.source, -1, ports.leaving[k]),
    ...link.bends.map((slot, i) => point(data.boxes[link.source].layer + 1 + i, slot)),
    end(link.target, 1, ports.entering[k]),
  ]);
  return {
    boxes,
    routes,
    width: upright ? breadth : length,
    height: upright ? length : breadth,
  };
}

// Several links on one side of a box share it, in the order of where they come from.
function portsOf(data) {
  const most = data.boxes.map(() => 1);
  const share = (own, far) => {
    const places = data.links.map(() => 0);
    data.boxes.forEach((_, i) => {
      const here = data.links.map((link, k) => [link, k]).filter(([link]) => link[own] === i);
      here.sort(([one], [two]) => far(one) - far(two));
      here.forEach(([, k], n) => (places[k] = n - (here.length - 1) / 2));
      most[i] = Math.max(most[i], here.length);
    });
    return places;
  };
  return {
    leaving: share("source", (link) => link.bends.at(0) ?? data.boxes[link.target].slot),
    entering: share("target", (link) => link.bends.at(-1) ?? data.boxes[link.source].slot),
    most,
  };
}

function newBox(box) {
  const root = svg("g", { "data-id": box.id });
  return { root, text: "" };
}

function drawBox(shown, box, at) {
  const text = JSON.stringify([box, at.wide, at.high, at.rows]);
  shown.root.setAttribute("transform", `translate(${at.x - at.wide / 2} ${at.y - at.high / 2})`);
  if (shown.text === text) return;
  shown.text = text;
  shown.root.setAttribute("class", `box ${box.kind} ${box.tone ? `tone-${box.tone}` : ""}`);
  const radius = box.kind === "operation" ? 3 : at.high / 2;
  const parts = [svg("rect", { width: at.wide, height: at.high, rx: radius })];
  let y = (at.high - (at.rows.length + (at.head ? 1 : 0)) * LINE) / 2 + 12;
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
  shown.root.replaceChildren(...parts);
}

function newLink(link) {
  const forward = svg("path", { class: "forward", "marker-end": "url(#forward)" });
  const backward = svg("path", { class: "backward", "marker-end": "url(#backward)" });
  return { root: svg("g", { "data-id": link.id }, forward, backward), forward, backward };
}

// Forward and backward run side by side, each with its own arrow.
function drawLink(shown, link, route, upright) {
  const travels = link.gradient !== null;
  const shift = travels ? SHIFT : 0;
  shown.forward.setAttribute("d", curve(moved(route, -shift, upright).reverse(), upright));
  shown.backward.setAttribute("d", travels ? curve(moved(route, shift, upright), upright) : "");
  shown.backward.setAttribute("stroke-width", 1.2 + 2 * link.strength);
  shown.root.setAttribute("class", travels ? "link" : "link still");
}

function newLabel(link) {
  const ground = svg("rect", { height: 14, rx: 2 });
  const text = svg("text", {});
  return { root: svg("g", { class: "gradient", "data-id": link.id }, ground, text), ground, text };
}

// The numbers stand on the gradient's own line and interrupt it.
function drawLabel(shown, link, route, upright) {
  const at = Math.floor((route.length - 1) / 2);
  const [[ax, ay], [bx, by]] = moved(route.slice(at, at + 2), SHIFT, upright);
  const [x, y] = [(ax + bx) / 2, (ay + by) / 2];
  const words = (upright ? link.size : link.gradient) ?? ""; // side by side, numbers would touch
  const wide = words.length * SMALL_CHAR + (words ? 6 : 0);
  shown.text.textContent = words;
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
