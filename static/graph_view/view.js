// A recorded graph that can be walked: by mouse, touch or keys, in a picture or as a table.

import { around, el, svg } from "../elements.js";
import { icon } from "../icons.js";
import { onWidth, viewOf } from "../life.js";
import { bring } from "../page.js";
import { drawBox, drawLabel, drawLink, keyed, markers, newBox, newLabel, newLink } from "./draw.js";
import { buildFollowing } from "./following.js";
import { legendOf } from "./legend.js";
import { buildFind } from "./find.js";
import { buildFolds } from "./folds.js";
import { SMALLEST } from "./measure.js";
import { place } from "./place.js";
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
  view.ask = (node) => setTriggerValue("open", node);
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
  let found = ""; // the node that was searched for
  let waiting = ""; // and is still to be sent
  const folds = buildFolds();

  const seen = (id) => folds.seen(id, drawn.boxes);
  const placeOf = (id) => {
    const name = seen(id);
    return scene?.boxes.find(({ box }) => box.id === name)?.at;
  };
  // The leaf of that name; else the result of that name, which was asked to retain its gradient.
  const leafOf = (name) => {
    const named = [...folds.boxes().values()].filter(({ variable }) => variable?.split(", ")[0] === name);
    return (named.find(({ kind }) => kind === "leaf") ?? named[0])?.id ?? "";
  };
  // All that is drawn of an edge, one after the other: out of boxes, between them, and into others.
  const edgeOf = (id) => {
    const parts = scene?.links.filter(({ link }) => standsFor(link).includes(id)) ?? [];
    const rank = ({ link: { leaves, enters, depth } }) => (leaves ? -depth : enters ? depth : 0);
    const path = svg("path");
    path.setAttribute("d", parts.sort((one, two) => rank(one) - rank(two))
      .map(({ link }) => drawn.links.get(link.key).backward.getAttribute("d")).join(" "));
    return parts.length ? { link: parts[0].link, path } : undefined;
  };
  const viewport = buildViewport(frame, picture);
  const twin = buildTwin(choose);
  // Those that a moment names, and the leaves without a name that ran: AccumulateGrad fills.
  const filledBy = ({ filled, fired }) => {
    const unnamed = [...folds.boxes().values()].filter(({ kind, variable }) => kind === "leaf" && !variable);
    return [...filled.map(leafOf), ...unnamed.map(({ id }) => id).filter((id) => fired.includes(id))];
  };
  const following = buildFollowing(follow, edgeOf, placeOf, filledBy, viewport.attend);
  const find = buildFind(showFound, () => showFound(""));
  const tools = buildTools(root.host ?? root, {
    smaller: () => viewport.enlarge(1 / 1.25),
    fit: viewport.fit,
    larger: () => viewport.enlarge(1.25),
    table: toggleTwin,
  });
  tools.bar.prepend(viewport.overview, find.field, find.said);
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
    const on = around(event, "[data-id]")?.dataset;
    if (on && !frame.dataset.moved) choose(on.id, on.key);
  });
  // A gradient's numbers are shown while its edge, or an end of it, is pointed at or has the focus.
  frame.addEventListener("pointerover", (event) => point(around(event, "[data-id]")?.dataset.id ?? ""));
  frame.addEventListener("pointerleave", () => point(""));
  frame.addEventListener("focusin", (event) => {
    const on = around(event, "[data-id]")?.dataset;
    if (on) setFocus(on.key ?? on.id, false);
    tell();
  });
  frame.addEventListener("focusout", tell);

  function point(id) {
    if (id === pointed) return;
    pointed = id;
    tell();
  }

  function choose(id, key = id) {
    setFocus(key, false);
    if (id.startsWith("fold-")) return toggleFold(id);
    const link = scene.links.find((one) => one.link.key === key)?.link;
    const one = link ? standsFor(link)[0] : id.replace(/^none-/, "edge-");
    if (one !== latest.selection) bring(".part[data-key^=node_card]");
    view.select(one);
  }

  // A fold opens towards the leaves; its other side stays where it is seen.
  function toggleFold(id) {
    const box = folds.boxes().get(id);
    const edge = () => {
      const { x, y, wide, high } = placeOf(id);
      return [x + wide / 2, y + (width < NARROW ? high / 2 : 0)];
    };
    const turn = box.turns ? box.turns.count - 1 : 0;
    const isSent = box.boxes || box.turns?.shown[turn];
    if (!folds.open.has(id) && !isSent) return ask(box.anchor);
    viewport.keep(edge, () => {
      if (!folds.open.delete(id)) folds.open.set(id, turn);
      draw();
    });
  }

  // What was not sent is asked for, where there is somebody to answer.
  function ask(node) {
    if (latest.asks) view.ask(node);
    else tools.say(latest.labels.left_out);
  }

  function turnFold(id, turn, done) {
    const { shown: sent, anchors } = folds.boxes().get(id).turns;
    if (sent[turn]) {
      folds.open.set(id, turn);
      draw();
    } else if (done && anchors[turn] !== undefined) ask(anchors[turn]);
  }

  // What runs in a box of turns that is open is shown there.
  function follow() {
    const now = [...(following.state()?.now ?? [])].filter((id) => id.startsWith("node-"));
    if (scene && now.map(folds.turnTo).some(Boolean)) draw();
    else if (scene) markAll();
  }

  function showFound(id) {
    found = id;
    waiting = "";
    if (id && !folds.openTo(id)) {
      waiting = id;
      ask(Number(id.slice(5)));
    }
    draw();
    if (id) viewport.attend(placeOf(id), true);
  }

  // By the id of a box, or the key of a line: an edge has several where it leads through boxes.
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
    if (!focus || event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
    const inside = event.target !== frame;
    if (inside && (event.key === "Enter" || event.key === " ")) choose(elementOf(focus).dataset.id, focus);
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
    if (latest.selection !== selected) folds.openTo(latest.selection.replace(/^none-/, "edge-"));
    selected = latest.selection;
    if (waiting && folds.openTo(waiting)) waiting = "";
    scene = place(latest, upright, folds.inside, latest.labels.turns_dial, width / opening);
    viewport.stage.hidden = twinned;
    twin.table.hidden = !twinned;
    viewport.take({ ...scene, folded: Boolean(latest.tree) }, opening);
    frame.setAttribute("aria-label", latest.labels.graph);
    picture.setAttribute("aria-label", `${latest.labels.graph}: ${latest.summary}`);
    if (twinned) twin.draw(latest, [...folds.boxes().values()]);
    const idOfBox = ({ box }) => box.id;
    const idOfLink = ({ link }) => link.key;
    keyed(boxes, drawn.boxes, scene.boxes, idOfBox, newBox, (part, item) => drawBox(part, item, turnFold));
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
    const now = JSON.stringify([upright, latest.tree, latest.boxes.map(({ id }) => id)]);
    if (now === shown) return;
    shown = now;
    viewport.show((latest.lit.length && placeOf(latest.lit[0])) || placeOf(latest.path?.box) || following.placeOfNow() || scene.boxes[0].at);
  }

  function nameOf({ source, target, gradient }) {
    const [from, to] = [source, target].map((i) => scene.boxes[i].box).map(({ title, name }) => title || name);
    const ends = `${from} → ${to}`;
    return gradient ? `${ends}: ${gradient}` : `${ends}, ${latest.labels.no_gradient}`;
  }

  // What is chosen, lit, and (while a run is followed) drawn, fired and filled. What is true of a
  // node is true of the box that is seen of it; an open box has no such state of its own.
  function markAll() {
    const run = following.state();
    const up = (ids) => new Set([...(ids ?? [])].flatMap((id) => [id, seen(id)]));
    const of = run && { done: up(run.done), now: up(run.now), filled: up(run.filled), drawn: run.drawn && up(run.drawn) };
    const lit = up(latest.lit);
    const [passed, behind] = [latest.path?.passed, latest.path?.behind].map((ids) => new Set(ids ?? []));
    const mark = (part, id, names, isLit) => {
      const has = (set) => names.some((name) => set.has(name));
      const classes = part.root.classList;
      const done = of !== null && has(of.done);
      const now = of !== null && has(of.now);
      const isChosen = names.includes(latest.selection.replace(/^none-/, "edge-"));
      classes.toggle("chosen", isChosen);
      classes.toggle("lit", isLit ?? has(lit));
      classes.toggle("waiting", of !== null && !done && !now && names.length > 0);
      classes.toggle("fired", done);
      classes.toggle("firing", now);
      classes.toggle("filled", of !== null && has(of.filled));
      classes.toggle("undrawn-yet", Boolean(of?.drawn && names.length && !has(of.drawn)));
      classes.toggle("found", found !== "" && names.includes(seen(found)));
      const pressed = String(isChosen);
      if (!id.startsWith("fold-") && part.root.getAttribute("aria-pressed") !== pressed) part.root.setAttribute("aria-pressed", pressed);
    };
    twin.mark(latest.selection);
    for (const { box, at } of scene.boxes) mark(drawn.boxes.get(box.id), box.id, at.open ? [] : [box.id.replace("none-", "edge-")]);
    for (const { link } of scene.links) {
      const ends = [link.source, link.target].map((end) => scene.boxes[end]);
      const isLit = lit.size > 1 && ends.every(({ box, at }) => !at.open && lit.has(box.id));
      const part = drawn.links.get(link.key);
      mark(part, link.id, standsFor(link), isLit);
      part.root.classList.toggle("passed", run === null && passed.has(link.id));
      part.root.classList.toggle("behind", run === null && behind.has(link.id));
      mark(drawn.labels.get(link.key), link.id, standsFor(link), false);
    }
    tell();
  }

  function tell() {
    if (!scene) return;
    const about = new Set([pointed, root.activeElement?.dataset?.id, latest.selection]);
    for (const { link } of scene.links) {
      const told = [link.id, ...[link.source, link.target].map((end) => scene.boxes[end].box.id)].some((id) => about.has(id));
      drawn.links.get(link.key).root.classList.toggle("told", told);
      drawn.labels.get(link.key).root.classList.toggle("told", told);
    }
  }

  // What is chosen of a graph that stays as it was moves nothing, unless it is in a fold.
  function show(data) {
    const same = latest && JSON.stringify({ ...latest, ...CHOSEN }) === JSON.stringify({ ...data, ...CHOSEN });
    latest = data;
    if (!same) folds.take(data);
    find.draw(data);
    if (!same || !scene || data.boxes.some(({ id }) => folds.holds(id, data.selection))) return draw();
    selected = data.selection;
    markAll();
  }

  const view = { show, select: (_id) => {}, ask: (_node) => {} };
  return view;
}

// The edges that a line is drawn for.
function standsFor(link) {
  return link.edges ?? [link.id];
}
