// A recorded graph that can be walked: by mouse, touch or keys, in a picture or as a table.

import { around, el, svg } from "../elements.js";
import { onWidth, viewOf } from "../life.js";
import { meaning } from "../matrix.js";
import { drawBox, drawLabel, drawLink, keyed, markers, newBox, newLabel, newLink } from "./draw.js";
import { markOf, place } from "./place.js";
import { buildStepping } from "./steps.js";

const NARROW = 620;
const READABLE = 0.66; // of life size: a graph opens no smaller, and scrolls where that is too large

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, build);
  view.select = (text) => setTriggerValue("selection", text);
  view.reach = (step) => setTriggerValue("step", step);
  view.seek = (layer) => setTriggerValue("layer", layer);
  view.show(data);
}

function build(root) {
  const legend = el("ul", { class: "legend" });
  const frame = el("div", { class: "frame" });
  const picture = svg("svg", { role: "group" });
  const [lines, labels, boxes] = ["links", "labels", "boxes"].map((name) => svg("g", { class: name }));
  const table = el("table", { class: "twin" });
  const tools = el("div", { class: "tools", role: "toolbar" });
  const stepping = buildStepping((step) => view.reach(step));
  picture.append(markers(), lines, labels, boxes);
  frame.append(picture);
  root.append(tools, stepping.bar, frame, table, stepping.panel, legend);

  const drawn = { boxes: new Map(), links: new Map(), labels: new Map() };
  let latest = null;
  let placed = null;
  let width = 0;
  let zoom = null; // null fits the width while that is readable, 0 fits all of it
  let shown = ""; // which boxes stand in the picture, and which way up
  let twin = false;
  let focus = null;

  const button = (name, action) => {
    const made = el("button", { type: "button", class: name });
    made.addEventListener("click", action);
    tools.append(made);
    return made;
  };
  const buttons = {
    smaller: button("smaller", () => rescale(scale() / 1.25)),
    fit: button("fit", () => rescale(0)),
    larger: button("larger", () => rescale(scale() * 1.25)),
    table: button("table", () => toggleTwin()),
    earlier: button("earlier", () => view.seek(Math.max(0, latest.window.first - latest.window.stride))),
    later: button("later", () => view.seek(latest.window.first + latest.window.stride)),
  };
  const where = el("span", { class: "where", role: "status" });
  tools.append(where);

  onWidth(root.host ?? frame, (now) => {
    width = now;
    draw();
  });

  // Size

  function whole() {
    const style = getComputedStyle(frame);
    const high = parseFloat(style.maxHeight) - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    return Math.min(1, width / placed.width, high / placed.height);
  }
  const scale = () => zoom || (zoom === 0 ? whole() : Math.max(READABLE, Math.min(1, width / placed.width)));

  // What stands in the middle of the frame stays there.
  function rescale(to) {
    const middle = [frame.scrollLeft + frame.clientWidth / 2, frame.scrollTop + frame.clientHeight / 2];
    const before = picture.clientWidth || 1;
    zoom = to && Math.max(Math.min(0.2, whole()), Math.min(3, to));
    picture.style.width = `${Math.floor(placed.width * scale())}px`;
    centre(...middle.map((at) => (at * picture.clientWidth) / before));
  }

  function centre(x, y) {
    frame.scrollLeft = x - frame.clientWidth / 2;
    frame.scrollTop = y - frame.clientHeight / 2;
  }

  // Another graph opens at what is chosen of it, and else at its root.
  function open(upright) {
    const now = JSON.stringify([upright, latest.boxes.map(({ id }) => id)]);
    if (now === shown) return;
    shown = now;
    const { x, y } = placed.boxes[Math.max(0, latest.boxes.findIndex(({ id }) => latest.lit.includes(id)))];
    centre(x * scale(), y * scale());
  }

  // Pointing: a press that moves pans, one that does not selects.
  let pan = null;
  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button) return;
    pan = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop };
  });
  frame.addEventListener("pointermove", (event) => {
    if (!pan) return;
    frame.scrollLeft = pan.left + pan.x - event.clientX;
    frame.scrollTop = pan.top + pan.y - event.clientY;
  });
  frame.addEventListener("pointerup", (event) => {
    const moved = pan && Math.hypot(event.clientX - pan.x, event.clientY - pan.y) > 4;
    pan = null;
    frame.dataset.moved = moved ? "yes" : "";
  });
  frame.addEventListener("pointerleave", () => (pan = null));
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return; // a plain wheel scrolls the page
    event.preventDefault();
    rescale(scale() * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
  }, { passive: false });
  frame.addEventListener("click", (event) => {
    const id = around(event, "[data-id]")?.dataset.id;
    if (id && !frame.dataset.moved) choose(id);
  });
  table.addEventListener("click", (event) => {
    const id = around(event, "[data-id]")?.dataset.id;
    if (id) choose(id);
  });

  function choose(id) {
    setFocus(id, false);
    view.select(id.replace(/^none-/, "edge-"));
  }

  // Keys: left follows an edge towards the inputs, right towards the loss, up and down go to
  // the neighbours; Enter chooses, t shows the table.
  const elementOf = (id) => (drawn.boxes.get(id) ?? drawn.links.get(id))?.root;

  function setFocus(id, move = true) {
    const before = elementOf(focus);
    const now = elementOf(id);
    if (!now) return;
    before?.setAttribute("tabindex", "-1");
    now.setAttribute("tabindex", "0");
    focus = id;
    if (move) {
      now.focus();
      now.scrollIntoView?.({ block: "nearest", inline: "nearest" });
    }
  }

  function neighbour(key) {
    const { boxes, links } = latest;
    const link = links.find(({ id }) => id === focus);
    if (link) {
      const [left, right] = [boxes[link.target]?.id, boxes[link.source]?.id];
      const around = links.filter(({ source }) => source === link.source);
      const at = around.indexOf(link);
      return { ArrowLeft: left, ArrowRight: right, ArrowUp: around[at - 1]?.id, ArrowDown: around[at + 1]?.id }[key];
    }
    const here = boxes.findIndex(({ id }) => id === focus);
    const layer = boxes
      .filter((box) => box.layer === boxes[here].layer)
      .sort((one, two) => one.slot - two.slot);
    const at = layer.findIndex(({ id }) => id === focus);
    return {
      ArrowLeft: links.find(({ source }) => source === here)?.id,
      ArrowRight: links.find(({ target }) => target === here)?.id,
      ArrowUp: layer[at - 1]?.id,
      ArrowDown: layer[at + 1]?.id,
    }[key];
  }

  frame.addEventListener("keydown", (event) => {
    if (!focus || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || (event.key === " " && !latest.steps)) choose(focus);
    else if (event.key === "+") rescale(scale() * 1.25);
    else if (event.key === "-") rescale(scale() / 1.25);
    else if (event.key === "0") rescale(0);
    else if (event.key === "t") toggleTwin();
    else if (event.key.startsWith("Arrow") && !latest.steps) {
      const next = neighbour(event.key);
      if (next) setFocus(next);
    } else return;
    event.preventDefault();
  });
  table.addEventListener("keydown", (event) => event.key === "t" && toggleTwin());

  function toggleTwin() {
    twin = !twin;
    draw();
    (twin ? table : elementOf(focus))?.focus();
  }

  // Drawing

  function draw() {
    if (!latest || !width) return;
    const upright = width < NARROW;
    placed = place(latest, upright);
    picture.setAttribute("viewBox", `0 0 ${placed.width} ${placed.height}`);
    picture.setAttribute("aria-label", `${latest.labels.graph}: ${latest.summary}`);
    rescale(zoom);
    if (twin) drawTwin();
    keyed(boxes, drawn.boxes, latest.boxes, newBox, (shown, box, i) => drawBox(shown, box, placed.boxes[i]));
    keyed(lines, drawn.links, latest.links, newLink, (shown, link, i) =>
      drawLink(shown, link, placed.routes[i], upright, nameOf(link)));
    keyed(labels, drawn.labels, latest.links, newLabel, (shown, link, i) =>
      drawLabel(shown, link, placed.routes[i], upright));
    if (!elementOf(focus)) setFocus(latest.boxes[0].id, false);
    markAll();
    for (const [name, node] of Object.entries(buttons)) {
      node.textContent = { smaller: "−", larger: "+" }[name] ?? latest.labels[name];
      node.setAttribute("aria-label", latest.labels[name]);
    }
    buttons.table.setAttribute("aria-pressed", String(twin));
    const { window: part } = latest;
    buttons.earlier.hidden = !part || part.first === 0;
    buttons.later.hidden = !part || part.last >= part.depth - 1;
    where.textContent = part ? part.text : "";
    frame.hidden = twin;
    table.hidden = !twin;
    open(upright);
    legend.replaceChildren(
      ...["operation", "leaf", "no_gradient", "forward", "backward"].map((kind) =>
        el("li", {}, el("span", { class: `key ${kind}` }), latest.labels[kind])),
    );
    if (latest.boxes.some((box) => box.undrawn)) {
      legend.append(el("li", {}, el("span", { class: "undrawn" }, "+n"), latest.labels.undrawn));
    }
    const kinds = new Set([...latest.boxes, ...latest.links].flatMap(({ nonfinite, starts }) => [nonfinite, starts]));
    for (const kind of ["nan", "inf"]) if (kinds.has(kind)) legend.append(el("li", {}, meaning(kind)));
  }

  function nameOf({ source, target, gradient }) {
    const ends = `${latest.boxes[source].name} → ${latest.boxes[target].name}`;
    return gradient ? `${ends}: ${gradient}` : `${ends}, ${latest.labels.no_gradient}`;
  }

  // What is chosen, lit, and (while stepping) fired.
  function markAll() {
    const state = stepping.state();
    const mark = (shown, id, lit) => {
      const classes = shown.root.classList;
      classes.toggle("chosen", id === latest.selection);
      classes.toggle("lit", lit);
      classes.toggle("waiting", state !== null && !state.done.has(id));
      classes.toggle("firing", state !== null && state.now.has(id));
      shown.root.setAttribute("aria-pressed", String(id === latest.selection));
    };
    for (const pick of table.querySelectorAll("button")) {
      pick.setAttribute("aria-pressed", String(pick.dataset.id === latest.selection));
    }
    latest.boxes.forEach((box) => mark(drawn.boxes.get(box.id), box.id, latest.lit.includes(box.id)));
    for (const link of latest.links) {
      const lit = [link.source, link.target].every((end) => latest.lit.includes(latest.boxes[end]?.id));
      mark(drawn.links.get(link.id), link.id, lit && latest.lit.length > 1);
      mark(drawn.labels.get(link.id), link.id, false);
    }
  }

  function drawTwin() {
    table.tabIndex = -1;
    table.setAttribute("aria-label", latest.labels.graph);
    const marks = latest.boxes.map(markOf);
    const text = JSON.stringify([latest.table, marks]);
    if (table.dataset.text === text) return; // or the button just pressed would lose the focus
    table.dataset.text = text;
    const row = (cells, kind) => el("tr", {}, ...cells.map((cell) => el(kind, {}, cell)));
    table.replaceChildren(
      row(latest.table.columns, "th"),
      ...latest.table.rows.map((cells, i) => {
        const made = row(cells, "td");
        const pick = el("button", { type: "button", "data-id": latest.boxes[i].id }, cells[0]);
        made.cells[0].replaceChildren(pick);
        if (marks[i]) made.cells[0].append(" ", el("span", { class: "nonfinite" }, marks[i]));
        return made;
      }),
    );
  }

  function show(data) {
    latest = data;
    stepping.show(data, markAll);
    draw();
  }

  const view = { show, select: (_id) => {}, reach: (_step) => {}, seek: (_layer) => {} };
  return view;
}
