// A graph that follows a run, moment by moment: gradients travel, boxes wait, leaves fill.

import { svg } from "../elements.js";
import { onMoment } from "../page.js";
import { whenGone } from "../life.js";
import { labelOf, ROW } from "./measure.js";
import { plate } from "./draw.js";

const TRAVEL = 250; // ms along an edge

/**
 * @param {() => void} repaint  to be called when ids have fired, or are drawn
 * @param {(id: string) => ({ path: SVGPathElement, link: any } | undefined)} edgeOf  what is drawn of an edge
 * @param {(id: string) => any} placeOf  where a box, or the fold around it, stands
 * @param {(moment: import("../page.js").Moment) => string[]} filledBy  the boxes whose .grad is there; "" for one that is not drawn
 * @param {(place: any, still: boolean) => void} attend  to be called with what is to be seen
 */
export function buildFollowing(repaint, edgeOf, placeOf, filledBy, attend) {
  const travellers = svg("g", { class: "travellers" });
  const badges = svg("g", { class: "badges" });
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {string | null} */
  let key = null;
  /** @type {import("../page.js").Moment | null} */
  let moment = null;
  /** @type {import("../page.js").Moment | null} */
  let heard = null; // the last one, which may be there before the graph and its key are
  let frame = 0;
  /** @type {Record<string, string>} */
  let tags = {}; // letters on boxes, by id: those of a question's answers

  const concerns = (next) => !next || next.graph === null || next.graph === key;
  onMoment((next) => {
    heard = next;
    if (!concerns(next)) return;
    moment = next;
    draw();
    repaint();
    cancelAnimationFrame(frame);
    travellers.replaceChildren();
    const place = placeOfNow();
    if (place) attend(place, still.matches);
    if (moment && !still.matches) travel(moment.now);
  });
  whenGone(() => cancelAnimationFrame(frame));

  // Where the node stands that runs, or that has been recorded last.
  function placeOfNow() {
    const isNode = (/** @type {string} */ id) => id.startsWith("node-");
    return moment && placeOf(moment.now.find(isNode) ?? moment.drawn?.findLast(isNode) ?? "");
  }

  // A dot on each edge, with the edge's numbers, from the node that sends to the one that receives.
  function travel(ids) {
    const dots = ids.flatMap((id) => {
      const edge = edgeOf(id);
      if (!edge?.link.gradient) return [];
      const rows = labelOf(edge.link);
      const dot = svg("g", { "data-edge": id }, svg("circle", { r: 6 }), plate("", rows, 0, 10));
      travellers.append(dot);
      return [{ dot, path: edge.path, length: edge.path.getTotalLength() }];
    });
    /** @type {number | null} */
    let begun = null;
    const step = (/** @type {number} */ now) => {
      begun ??= now;
      const way = Math.min(1, (now - begun) / TRAVEL);
      for (const { dot, path, length } of dots) {
        const { x, y } = path.getPointAtLength(way * length);
        dot.setAttribute("transform", `translate(${x} ${y})`);
      }
      if (way < 1) frame = requestAnimationFrame(step);
      else travellers.replaceChildren();
    };
    if (dots.length) step(performance.now());
  }

  // On the upper edge of boxes: how many gradients of how many have arrived, or that .grad is full;
  // and which answer a box is.
  function draw() {
    const told = moment ? [
      ...Object.entries(moment.waits),
      ...filledBy(moment).map((id) => [id, ".grad ✓"]),
    ] : [];
    const standing = (/** @type {any} */ at) => Math.max(1, at.y - at.high / 2 - ROW);
    const once = new Map(told.map(([id, words]) => [placeOf(id), words])); // one box may hold several
    badges.replaceChildren(
      ...[...once].flatMap(([at, words]) => (at ? [plate("badge", [words], at.x, standing(at))] : [])),
      ...Object.entries(tags).flatMap(([id, letter]) => {
        const at = placeOf(id);
        return at ? [plate("tag", [letter], at.x - at.wide / 2 + 6, standing(at))] : [];
      }));
  }

  /** Ids by what has become of them; null while nobody is followed. */
  function state() {
    if (!moment) return null;
    const { drawn, fired, now } = moment;
    return { drawn: drawn && new Set(drawn), done: new Set(fired), now: new Set(now), filled: new Set(filledBy(moment)) };
  }

  /**
   * @param {string | null} ownKey
   * @param {Record<string, string>} ownTags
   */
  function show(ownKey, ownTags) {
    key = ownKey;
    tags = ownTags;
    if (concerns(heard)) moment = heard;
    draw();
  }
  return { travellers, badges, show, state, placeOfNow };
}
