// All views, and the styles of each. loader.js imports this once.

import board from "./board/view.js";
import cards from "./cards/view.js";
import choice from "./choice/view.js";
import descent from "./descent/view.js";
import dials from "./dials/view.js";
import editor from "./editor/view.js";
import editor_names from "./editor_names/view.js";
import glance from "./glance/view.js";
import graph_view from "./graph_view/view.js";
import hands from "./hands/view.js";
import header from "./header/view.js";
import heatmaps from "./heatmaps/view.js";
import letters from "./letters/view.js";
import node_card from "./node_card/view.js";
import notes from "./notes/view.js";
import prediction from "./prediction/view.js";
import presenter from "./presenter/view.js";
import probe from "./probe/view.js";
import product from "./product/view.js";
import program_view from "./program_view/view.js";
import question from "./question/view.js";
import series from "./series/view.js";
import steps from "./steps/view.js";
import tensors from "./tensors/view.js";
import timeline from "./timeline/view.js";
import trail from "./trail/view.js";
import voter from "./voter/view.js";
import { hearNoEcho } from "./echo.js";
import { take } from "./frame.js";
import { end } from "./life.js";
import { mount, styles, views } from "./mounting.js";

Object.assign(views, {
  board, cards, choice, descent, dials, editor, editor_names, glance, graph_view, hands, header,
  heatmaps, letters, node_card, notes, prediction, presenter, probe, product, program_view,
  question, series, steps, tensors, timeline, trail, voter,
});

/**
 * Reads the styles; from then on every component is drawn, those first that came before.
 *
 * @param {import("./frame.js").Frame} frame
 */
export async function start(frame) {
  take(frame);
  hearNoEcho();
  const variables = await new CSSStyleSheet().replace(frame.variables);
  const sheets = new Map(await Promise.all(
    frame.files.filter((file) => file.endsWith(".css")).map(async (file) => /** @type {const} */ ([file, await sheet(file)]))));
  const shared = [variables, sheets.get("matrix.css")];
  for (const name of Object.keys(views)) {
    styles[name] = [...shared, sheets.get(`${name}/view.css`)].filter((found) => found !== undefined);
  }
  const app = globalThis.autogradExplorer;
  Object.assign(app, { mount, unmount: end, views });
  for (const component of app.pending.splice(0)) mount(component);
}

/** @param {string} file */
async function sheet(file) {
  const answer = await fetch(new URL(file, import.meta.url));
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  return new CSSStyleSheet().replace(await answer.text());
}
