// What is marked in a graph that stands as it is.

import { standsFor } from "./named.js";

/**
 * What is chosen, lit, and (while a run is followed) drawn, fired and filled. What is true of a node
 * is true of the box that is seen of it; an open box has no such state of its own.
 *
 * @param {{ boxes: any[], links: any[] }} scene
 * @param {{ boxes: Map<string, any>, links: Map<string, any>, labels: Map<string, any> }} drawn
 * @param {any} told  .selection, .lit and .path of the graph; .found, the box that was searched for;
 *   .run, the state of what is followed, if anything is; .seen, which box is seen of an id
 */
export function mark(scene, drawn, { selection, lit: lighted, path, found, run, seen }) {
  const up = (ids) => new Set([...(ids ?? [])].flatMap((id) => [id, seen(id)]));
  const of = run && { done: up(run.done), now: up(run.now), filled: up(run.filled), drawn: run.drawn && up(run.drawn) };
  const lit = up(lighted);
  const chosen = selection.replace(/^none-/, "edge-");
  const [passed, behind] = [path?.passed, path?.behind].map((ids) => new Set(ids ?? []));

  const one = (part, id, names, isLit) => {
    const has = (set) => names.some((name) => set.has(name));
    const classes = part.root.classList;
    const done = of !== null && has(of.done);
    const now = of !== null && has(of.now);
    const isChosen = names.includes(chosen);
    classes.toggle("chosen", isChosen);
    classes.toggle("lit", isLit ?? has(lit));
    classes.toggle("waiting", of !== null && !done && !now && names.length > 0);
    classes.toggle("fired", done);
    classes.toggle("firing", now);
    classes.toggle("filled", of !== null && has(of.filled));
    classes.toggle("undrawn-yet", Boolean(of?.drawn && names.length && !has(of.drawn)));
    classes.toggle("found", found !== "" && names.includes(found));
    const pressed = String(isChosen);
    if (!id.startsWith("fold-") && part.root.getAttribute("aria-pressed") !== pressed) part.root.setAttribute("aria-pressed", pressed);
  };
  for (const { box, at } of scene.boxes) one(drawn.boxes.get(box.id), box.id, at.open ? [] : [box.id.replace("none-", "edge-")]);
  for (const { link } of scene.links) {
    const ends = [link.source, link.target].map((end) => scene.boxes[end]);
    const isLit = lit.size > 1 && ends.every(({ box, at }) => !at.open && lit.has(box.id));
    const part = drawn.links.get(link.key);
    one(part, link.id, standsFor(link), isLit);
    part.root.classList.toggle("passed", run === null && passed.has(link.id));
    part.root.classList.toggle("behind", run === null && behind.has(link.id));
    one(drawn.labels.get(link.key), link.id, standsFor(link), false);
  }
}

/**
 * Show the numbers of the gradients that are asked about.
 *
 * @param {{ boxes: any[], links: any[] }} scene
 * @param {{ links: Map<string, any>, labels: Map<string, any> }} drawn
 * @param {Set<string>} about  ids of edges, or of their ends
 */
export function tellAbout(scene, drawn, about) {
  for (const { link } of scene.links) {
    const told = [link.id, ...[link.source, link.target].map((end) => scene.boxes[end].box.id)].some((id) => about.has(id));
    drawn.links.get(link.key).root.classList.toggle("told", told);
    drawn.labels.get(link.key).root.classList.toggle("told", told);
  }
}
