// What a name or an id means in a graph that is drawn.

import { svg } from "../elements.js";

/**
 * The edges that a line is drawn for.
 *
 * @param {any} link
 * @returns {string[]}
 */
export function standsFor(link) {
  return link.edges ?? [link.id];
}

/**
 * All that is drawn of an edge, one after the other: out of boxes, between them, and into others.
 *
 * @param {{ links: any[] } | null} scene
 * @param {{ links: Map<string, any> }} drawn
 * @param {string} id
 */
export function edgeOf(scene, drawn, id) {
  const parts = scene?.links.filter(({ link }) => standsFor(link).includes(id)) ?? [];
  const rank = ({ link: { leaves, enters, depth } }) => (leaves ? -depth : enters ? depth : 0);
  const path = svg("path");
  path.setAttribute("d", parts.sort((one, two) => rank(one) - rank(two))
    .map(({ link }) => drawn.links.get(link.key).backward.getAttribute("d")).join(" "));
  return parts.length ? { link: parts[0].link, path } : undefined;
}

/**
 * The boxes whose .grad a moment has filled: those that it names, and the leaves without a name that
 * ran, which AccumulateGrad fills; "" for a name that no box has.
 *
 * @param {any[]} boxes
 * @param {import("../page.js").Moment} moment
 * @returns {string[]}
 */
export function filledBy(boxes, { filled, fired }) {
  const unnamed = boxes.filter(({ kind, variable }) => kind === "leaf" && !variable).map(({ id }) => id);
  return [...filled.map((name) => leafOf(boxes, name)), ...unnamed.filter((id) => fired.includes(id))];
}

// The leaf of that name; else the result of that name, which was asked to retain its gradient.
function leafOf(boxes, name) {
  const named = boxes.filter(({ variable }) => variable?.split(", ")[0] === name);
  return (named.find(({ kind }) => kind === "leaf") ?? named[0])?.id ?? "";
}

/**
 * A line in words: from where to where, and with which gradient.
 *
 * @param {{ boxes: any[] }} scene
 * @param {any} link
 * @param {Record<string, string>} labels
 */
export function nameOf({ boxes }, { source, target, gradient }, labels) {
  const [from, to] = [source, target].map((i) => boxes[i].box).map(({ title, name }) => title || name);
  const ends = `${from} → ${to}`;
  return gradient ? `${ends}: ${gradient}` : `${ends}, ${labels.no_gradient}`;
}
