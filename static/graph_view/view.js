// A recorded graph that can be walked: by mouse, touch or keys, in a picture or as a table.

import { around, el, svg } from "../elements.js";
import { icon } from "../icons.js";
import { onWidth, viewOf } from "../life.js";
import { bring } from "../page.js";
import { drawBox, drawLabel, drawLink, keyed, markers, newBox, newLabel, newLink } from "./draw.js";
import { buildFollowing } from "./following.js";
import { legendOf } from "./legend.js";
import { place, SMALLEST } from "./place.js";
import { buildTools } from "./tools.js";
import { buildTwin } from "./twin.js";
import { buildViewport } from "./viewport.js";
import { neighbour } from "./walk.js";

const NARROW = 620;
const CHOSEN = { selection: "", lit: [] }; // what is left out of a comparison of graphs
const PROJECTED = 22 / (SMALLEST * 1.6) + 0.01; // 22 px, on a page that is 1.6 times as large

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, build);
  view.select = (text) => setTriggerValue("selection", text);
  view.seek = (layer) => setTriggerValue("layer", layer);
  view.show(data);
}

function build(root) {
  const legend = el("ul", { class: "legend" });
  const frame = el("div", { class: "frame", role: "region" });
  const picture = svg("svg", { role: "group" });
  const [lines, boxes, labels] = ["links", "boxes", "labels"].map((name) => svg("g", { class: name }));
  const drawn = { boxes: new Map(), links: new Map(), labels: new Map() };
  let latest = null;
  let scene = null; // the boxes and links of the latest graph with their places
  let width = 0;
  let shown = ""; // which boxes stand in the picture, and which way up
  let twinned = false;
  let focus = null;
  let pointed = ""; // the id under the mouse
  let selected = null; // the selection when it was last drawn
  const open = new Set(); // folds

  const placeOf = (id) =>
    (scene?.boxes.find(({ box }) => box.id === id) ?? scene?.boxes.find(({ box }) => holds(box, id)))?.at;
  // The leaf of that name; else the result of that name, which was asked to retain its gradient.
  const leafOf = (name) => {
    const named = latest?.boxes.filter(({ variable }) => variable?.split(", ")[0] === name) ?? [];
    return (named.find(({ kind }) => kind === "leaf") ?? named[0])?.id ?? "";
  };
  const edgeOf = (id) => {
    const link = scene?.links.find((one) => one.link.id === id)?.link;
    return link && { link, path: drawn.links.get(id).backward };
  };
  const viewport = buildViewport(frame, picture);
  const twin = buildTwin(choose);
  // Those that a moment names, and the leaves without a name that ran: AccumulateGrad fills.
  const filledBy = ({ filled, fired }) => {
    const unnamed = latest?.boxes.filter(({ kind, variable }) => kind === "leaf" && !variable) ?? [];
    return [...filled.map(leafOf), ...unnamed.map(({ id }) => id).filter((id) => fired.includes(id))];
  };
  const following = buildFollowing(() => scene && markAll(), edgeOf, placeOf, filledBy, viewport.attend);
  const tools = buildTools(root.host ?? root, {
    smaller: () => viewport.enlarge(1 / 1.25),
    fit: viewport.fit,
    larger: () => viewport.enlarge(1.25),
    table: toggleTwin,
    seek: (layer) => view.seek(layer),
  });
  tools.bar.prepend(viewport.overview);
  picture.append(markers(), lines, boxes, following.badges, labels, following.travellers);
  frame.append(picture);
  const shadow = el("p", { class: "unrecorded", role: "status" });
  viewport.stage.append(shadow);
  root.append(tools.bar, viewport.stage, twin.table, legend);

  onWidth(root.host ?? frame, (now) => {
    width = now;
    draw();
  });

  frame.addEventListener("click", (event) => {
    const id = around(event, "[data-id]")?.dataset.id;
    if (id && !frame.dataset.moved) choose(id);
  });
  // A gradient's numbers are shown while its edge, or an end of it, is pointed at or has the focus.
  frame.addEventListener("pointerover", (event) => point(around(event, "[data-id]")?.dataset.id ?? ""));
  frame.addEventListener("pointerleave", () => point(""));
  frame.addEventListener("focusin", tell);
  frame.addEventListener("focusout", tell);

  function point(id) {
    if (id === pointed) return;
    pointed = id;
    tell();
  }

  function choose(id) {
    setFocus(id, false);
    if (id.startsWith("fold-")) toggleFold(id);
    else {
      if (id !== latest.selection) bring(".part[data-key^=node_card]");
      view.select(id.replace(/^none-/, "edge-"));
    }
  }

  // A fold opens towards the leaves; its other side stays where it is seen.
  function toggleFold(id) {
    const edge = () => {
      const { x, y, wide, high } = placeOf(id);
      return [x + wide / 2, y + (width < NARROW ? high / 2 : 0)];
    };
    viewport.keep(edge, () => {
      if (!open.delete(id)) open.add(id);
      draw();
    });
  }

  const elementOf = (id) => (drawn.boxes.get(id) ?? drawn.links.get(id))?.root;

  function setFocus(id, move = true) {
    const now = elementOf(id);
    if (!now) return;
    elementOf(focus)?.setAttribute("tabindex", "-1");
    now.setAttribute("tabindex", "0");
    focus = id;
    if (move) {
      now.focus();
      now.scrollIntoView?.({ block: "nearest", inline: "nearest" });
    }
  }

  // Enter chooses, t shows the table, and arrows walk; on the frame itself they scroll.
  frame.addEventListener("keydown", (event) => {
    if (!focus || event.ctrlKey || event.metaKey || event.altKey) return;
    const inside = event.target !== frame;
    if (inside && (event.key === "Enter" || event.key === " ")) choose(focus);
    else if (event.key === "+") viewport.enlarge(1.25);
    else if (event.key === "-") viewport.enlarge(1 / 1.25);
    else if (event.key === "0") viewport.fit();
    else if (event.key === "t") toggleTwin();
    else if (inside && event.key.startsWith("Arrow")) {
      const next = neighbour(scene, focus, event.key);
      if (next) setFocus(next);
    } else return;
    event.preventDefault();
  });
  twin.table.addEventListener("keydown", (event) => event.key === "t" && toggleTwin());

  function toggleTwin() {
    twinned = !twinned;
    draw();
    (twinned ? twin.table : elementOf(focus))?.focus();
  }

  function draw() {
    if (!latest || !width) return;
    const upright = width < NARROW;
    const opening = latest.present && !upright ? PROJECTED : 1;
    root.host?.classList.toggle("projected", latest.present);
    root.host?.classList.toggle("compact", Boolean(latest.compact) && !upright);
    root.host?.classList.toggle("shadow", Boolean(latest.shadow));
    shadow.replaceChildren(...(latest.shadow ? [icon("lock"), ` ${latest.shadow}`] : []));
    for (const box of latest.boxes) {
      if (latest.selection !== selected && holds(box, latest.selection)) open.add(box.id);
    }
    selected = latest.selection;
    scene = place(latest, upright, open, width / opening);
    viewport.stage.hidden = twinned;
    twin.table.hidden = !twinned;
    viewport.take(scene, opening);
    frame.setAttribute("aria-label", latest.labels.graph);
    picture.setAttribute("aria-label", `${latest.labels.graph}: ${latest.summary}`);
    if (twinned) twin.draw(latest);
    const idOfBox = ({ box }) => box.id;
    const idOfLink = ({ link }) => link.id;
    keyed(boxes, drawn.boxes, scene.boxes, idOfBox, newBox, drawBox);
    keyed(lines, drawn.links, scene.links, idOfLink, newLink, (part, item) => drawLink(part, item, upright, nameOf(item.link)));
    keyed(labels, drawn.labels, scene.links, idOfLink, newLabel, drawLabel);
    labels.classList.toggle("all", scene.labelled);
    if (!elementOf(focus)) setFocus(latest.boxes[0].id, false);
    following.show(latest.key ?? null, latest.tags ?? {});
    markAll();
    tools.draw(latest, twinned);
    legend.replaceChildren(...legendOf(latest, scene.labelled, upright));
    openAt(upright);
  }

  // Another graph opens at what is chosen of it, or at what runs in it, and else at its root.
  function openAt(upright) {
    const now = JSON.stringify([upright, latest.boxes.map(({ id }) => id)]);
    if (now === shown) return;
    shown = now;
    viewport.show((latest.lit.length && placeOf(latest.lit[0])) || placeOf(latest.path?.box) || following.placeOfNow() || scene.boxes[0].at);
  }

  function nameOf({ source, target, gradient }) {
    const ends = `${scene.boxes[source].box.name} → ${scene.boxes[target].box.name}`;
    return gradient ? `${ends}: ${gradient}` : `${ends}, ${latest.labels.no_gradient}`;
  }

  // What is chosen, lit, and (while a run is followed) drawn, fired and filled. What is true of a
  // box in a fold is true of the fold.
  function markAll() {
    const run = following.state();
    const lit = new Set(latest.lit);
    const [passed, behind] = [latest.path?.passed, latest.path?.behind].map((ids) => new Set(ids ?? []));
    const mark = (part, id, held, isLit) => {
      const own = id.replace("none-", "edge-"); // what leads to a None is drawn with it
      const has = (set) => set.has(own) || held.some((inner) => set.has(inner.id));
      const classes = part.root.classList;
      const done = run !== null && has(run.done);
      const now = run !== null && has(run.now);
      classes.toggle("chosen", id === latest.selection);
      classes.toggle("lit", isLit ?? has(lit));
      classes.toggle("waiting", run !== null && !done && !now);
      classes.toggle("fired", done);
      classes.toggle("firing", now);
      classes.toggle("filled", Boolean(run?.filled && has(run.filled)));
      classes.toggle("undrawn-yet", Boolean(run?.drawn && !has(run.drawn)));
      if (!id.startsWith("fold-")) part.root.setAttribute("aria-pressed", String(id === latest.selection));
    };
    twin.mark(latest.selection);
    for (const { box } of scene.boxes) mark(drawn.boxes.get(box.id), box.id, box.boxes ?? []);
    for (const { link } of scene.links) {
      const ends = [link.source, link.target].map((end) => scene.boxes[end].box);
      const isLit = lit.size > 1 && ends.every((box) => lit.has(box.id) || box.boxes?.some(({ id }) => lit.has(id)));
      const part = drawn.links.get(link.id);
      mark(part, link.id, [], isLit);
      part.root.classList.toggle("passed", run === null && passed.has(link.id));
      part.root.classList.toggle("behind", run === null && behind.has(link.id));
      mark(drawn.labels.get(link.id), link.id, [], false);
    }
    tell();
  }

  function tell() {
    if (!scene) return;
    const about = new Set([pointed, root.activeElement?.dataset?.id, latest.selection]);
    for (const { link } of scene.links) {
      const told = [link.id, ...[link.source, link.target].map((end) => scene.boxes[end].box.id)].some((id) => about.has(id));
      drawn.links.get(link.id).root.classList.toggle("told", told);
      drawn.labels.get(link.id).root.classList.toggle("told", told);
    }
  }

  // What is chosen of a graph that stays as it was moves nothing, unless it is in a fold.
  function show(data) {
    const same = latest && JSON.stringify({ ...latest, ...CHOSEN }) === JSON.stringify({ ...data, ...CHOSEN });
    latest = data;
    if (!same || !scene || data.boxes.some((box) => holds(box, data.selection))) return draw();
    selected = data.selection;
    markAll();
  }

  const view = { show, select: (_id) => {}, seek: (_layer) => {} };
  return view;
}

function holds(box, id) {
  return [...(box.boxes ?? []), ...(box.links ?? [])].some((inner) => inner.id === id);
}
