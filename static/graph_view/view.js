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
import { mark, tellAbout } from "./marking.js";
import { SMALLEST } from "./measure.js";
import { edgeOf, filledBy, nameOf, standsFor } from "./named.js";
import { place, stands } from "./place.js";
import { buildTools } from "./tools.js";
import { buildTwin } from "./twin.js";
import { buildViewport } from "./viewport.js";
import { walkByKeys } from "./walk.js";

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
  let upright = true; // layers one below the other
  let shown = ""; // which boxes are in the picture, on a page as narrow or as wide
  let twinned = false;
  let focus = null;
  let pointed = ""; // the id under the mouse
  let selected = null; // the selection when it was last drawn
  let [found, waiting] = ["", ""]; // the node that was searched for, and if it is still to be sent
  const folds = buildFolds();

  const seen = (id) => folds.seen(id, drawn.boxes);
  const placeOf = (id) => {
    const name = seen(id);
    return scene?.boxes.find(({ box }) => box.id === name)?.at;
  };
  const viewport = buildViewport(frame, picture);
  const twin = buildTwin(choose);
  const following = buildFollowing(
    follow, (id) => edgeOf(scene, drawn, id), placeOf, (moment) => filledBy([...folds.boxes().values()], moment), viewport.attend);
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
      return [x + wide / 2, y + (upright ? high / 2 : 0)];
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

  walkByKeys(frame, {
    at: () => (focus ? { scene, focus } : null),
    go: setFocus,
    choose: () => choose(elementOf(focus).dataset.id, focus),
    enlarge: viewport.enlarge,
    fit: viewport.fit,
    table: toggleTwin,
  });
  twin.table.addEventListener("keydown", (event) => event.key === "t" && toggleTwin());

  function toggleTwin() {
    twinned = !twinned;
    draw();
    (twinned ? twin.table : elementOf(focus))?.focus();
  }

  function draw() {
    if (!latest || !width) return;
    const narrow = width < NARROW;
    const opening = latest.present && !narrow ? PROJECTED : 1;
    root.host?.classList.toggle("projected", latest.present);
    root.host?.classList.toggle("compact", Boolean(latest.compact) && !narrow);
    root.host?.classList.toggle("shadow", Boolean(latest.shadow));
    shadow.replaceChildren(...(latest.shadow ? [icon("lock"), ` ${latest.shadow}`] : []));
    if (latest.selection !== selected) folds.openTo(latest.selection.replace(/^none-/, "edge-"));
    selected = latest.selection;
    if (waiting && folds.openTo(waiting)) waiting = "";
    const now = JSON.stringify([narrow, latest.tree, latest.boxes.map(({ id }) => id)]);
    const how = /** @type {const} */ ([folds.inside, latest.labels.turns_dial, width / opening]);
    if (now !== shown) upright = narrow && (!latest.tree || stands(latest, ...how));
    scene = place(latest, upright, ...how);
    viewport.stage.hidden = twinned;
    twin.table.hidden = !twinned;
    viewport.take({ ...scene, folded: Boolean(latest.tree) }, opening);
    frame.setAttribute("aria-label", latest.labels.graph);
    picture.setAttribute("aria-label", `${latest.labels.graph}: ${latest.summary}`);
    if (twinned) twin.draw(latest, [...folds.boxes().values()]);
    const [idOfBox, idOfLink] = [({ box }) => box.id, ({ link }) => link.key];
    keyed(boxes, drawn.boxes, scene.boxes, idOfBox, newBox, (part, item) => drawBox(part, item, turnFold));
    keyed(lines, drawn.links, scene.links, idOfLink, newLink, (part, item) => drawLink(part, item, upright, nameOf(scene, item.link, latest.labels)));
    keyed(labels, drawn.labels, scene.links, idOfLink, newLabel, drawLabel);
    labels.classList.toggle("all", scene.labelled);
    if (!elementOf(focus)) setFocus(latest.boxes[0].id, false);
    following.show(latest.key ?? null, latest.tags ?? {});
    markAll();
    tools.draw(latest, twinned);
    legend.replaceChildren(...legendOf(latest, scene.labelled, upright));
    openAt(now);
  }

  // Another graph opens at what is chosen of it, or at what runs in it, and else at its root.
  function openAt(now) {
    if (now === shown) return;
    shown = now;
    viewport.show((latest.lit.length && placeOf(latest.lit[0])) || placeOf(latest.path?.box) || following.placeOfNow() || scene.boxes[0].at);
  }

  function markAll() {
    mark(scene, drawn, { ...latest, found: found && seen(found), run: following.state(), seen });
    twin.mark(latest.selection);
    tell();
  }

  // A gradient's numbers are shown while its edge, or an end of it, is pointed at or has the focus.
  function tell() {
    if (scene) tellAbout(scene, drawn, new Set([pointed, root.activeElement?.dataset?.id, latest.selection]));
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
