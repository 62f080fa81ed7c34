// A run that was saved to a file: the views of the app, and in the place of its server what here
// answers them. components/saved/ builds the data.

import board from "../board/view.js";
import graph_view from "../graph_view/view.js";
import node_card from "../node_card/view.js";
import program_view from "../program_view/view.js";
import timeline from "../timeline/view.js";
import { el } from "../elements.js";
import { take } from "../frame.js";
import { mount, styles, views } from "../mounting.js";
import { keepPng, keepSvg, keepTable } from "./taking.js";

const FILE = 2 ** 40; // above it stands the number of a line's file (autograd_explorer/records.py)
const LANGUAGES = { en: "English", ja: "日本語" };

/**
 * @typedef {Object} Said  what is to be seen, in one language
 * @property {string} title
 * @property {any[]} parts      as board/view.js has them; of kind "chosen" is the place for a card
 * @property {any} graph        as graph_view/view.js has it; null if there is none
 * @property {any} common       what all cards have
 * @property {Record<string, any>} cards  by "node-3" and "edge-3-0"
 * @property {Record<string, string>} lines  what a line recorded
 * @property {Record<string, number[]>} lit  the nodes of a line
 * @property {Record<string, number>} files  their numbers, by name
 * @property {string} hint      in the place of a card
 * @property {string} beyond    the same for a node that has none
 * @property {Record<string, string>} labels
 */

/** @type {any} */
let told = {};
/** @type {Record<string, Said>} */
let said = {};
/** @type {Record<string, string>} */
let tables = {};
const [header, page, footer] = /** @type {HTMLElement[]} */ (["header", "main", "footer"].map((name) => document.querySelector(name)));
const state = {
  language: navigator.language.startsWith("ja") ? "ja" : "en",
  selection: "",
  /** @type {number | null} */
  moment: null,
  /** @type {number | null} */
  pass: null,
};

/**
 * components/saved/ tells a language by what is different in it.
 *
 * @param {any} old
 * @param {any} by
 */
function changed(old, by) {
  if (by === null) return old;
  const [how, what] = by;
  if (how === "is") return what;
  const made = Array.isArray(old) ? [...old] : { ...old };
  for (const [key, inner] of Object.entries(what)) made[key] = changed(old[key], inner);
  return made;
}

async function begin() {
  const packed = /** @type {HTMLTemplateElement} */ (document.getElementById("told")).content.textContent ?? "";
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  told = await new Response(stream).json();
  turnTo(told.number);
  take(told.shared);
  const sheet = (/** @type {string} */ text) => {
    const made = new CSSStyleSheet();
    made.replaceSync(text);
    return made;
  };
  Object.assign(views, { board, graph_view, node_card, program_view, timeline });
  const variables = sheet(told.shared.variables);
  document.adoptedStyleSheets = [variables];
  const shared = [variables, sheet(told.styles["matrix.css"])];
  for (const name of Object.keys(views)) {
    const own = told.styles[`${name}/view.css`];
    styles[name] = own ? [...shared, sheet(own)] : shared;
  }
  // A line of another file than the first is to be brought into view in that file's piece.
  page.addEventListener("click", (event) => {
    const button = event.target instanceof Element && /** @type {HTMLElement | null} */ (event.target.closest("button[data-choose^=line-]"));
    const piece = button && pieceOf(lineOf(button.dataset.choose ?? ""));
    if (button && piece) button.dataset.bring = `.part[data-key="${piece[0]} ${piece[1]}"]`;
  }, true);
  page.replaceChildren();
  show();
}

/**
 * A pass, which is told by what is different in it from the one that was asked for.
 *
 * @param {number | null} number
 */
function turnTo(number) {
  const { said: by, tables: own } = number === told.number ? told : told.others[String(number)];
  const en = number === told.number ? by.en : changed(told.said.en, by.en);
  said = { en, ja: changed(en, by.ja) };
  tables = own;
  Object.assign(state, { pass: number, selection: "", moment: null });
}

const words = () => said[state.language];

function show() {
  document.documentElement.lang = state.language;
  document.title = words().title;
  mount({
    name: "board",
    data: [words().parts.map(shown)],
    parentElement: page,
    setTriggerValue: (_event, report) => hear(/** @type {any} */ (report)),
  });
  showRows();
}

/** A part as it is by now. */
function shown(part) {
  if (part.columns) return { ...part, columns: part.columns.map((column) => column.map(shown)) };
  if (part.parts) return { ...part, parts: part.parts.map(shown) };
  if (!Array.isArray(part)) return part;
  const [name, key, data] = part;
  switch (name) {
    case "graph_view":
      return [name, key, { ...data, ...words().graph, asks: false, selection: state.selection, lit: nodesLit().map((node) => `node-${node}`) }];
    case "program_view":
      return [name, key, { ...data, lines: data.lines.map((line, i) => marked(line, data.base + data.first + i)) }];
    case "timeline":
      return [name, key, { ...data, at: state.moment }];
    case "chosen":
      return card();
    default:
      return part;
  }
}

/** The nodes that the selection lights. */
function nodesLit() {
  const [kind, number] = state.selection.split("-");
  if (kind === "line") return words().lit[number] ?? [];
  return kind ? [Number(number)] : [];
}

function marked(line, number) {
  const is = [...(line.is ?? [])];
  const lit = new Set(nodesLit());
  if (state.selection === `line-${number}`) is.push("chosen");
  if (words().lit[number]?.some((node) => lit.has(node))) is.push("lit");
  return { ...line, is };
}

function card() {
  const { common, cards, lines, hint, beyond } = words();
  if (!state.selection) return hint;
  const own = cards[state.selection];
  if (own) return ["node_card", "card", { ...common, ...own }];
  return lines[state.selection.replace("line-", "")] ?? beyond;
}

/** @param {[string, string, any]} report  what a board tells: which part, which event, what of it */
function hear([, event, value]) {
  if (event === "moment") state.moment = value < 0 ? null : value;
  else choose(value);
}

/** @param {string} text  "node-3", "edge-3-0", or "line-12", of several files "line-12 model.py" */
function choose(text) {
  const wanted = text.startsWith("line-") ? `line-${lineOf(text)}` : text;
  state.selection = wanted === state.selection ? "" : wanted;
  show();
}

/** @param {string} text */
function lineOf(text) {
  const [, number, file] = /^line-(\d+)(?: (.*))?$/.exec(text) ?? ["", "0", ""];
  return Number(number) + FILE * (words().files[file ?? ""] ?? 0);
}

/** The part with the piece of the program that has a line. */
function pieceOf(line) {
  return words().parts
    .flatMap((part) => part.columns?.flat() ?? [part])
    .find(([name, , data]) => name === "program_view" && line >= data.base + data.first && line < data.base + data.first + data.lines.length);
}

// The rows above and below: the language, and what can be taken away.

function showRows() {
  const { labels, title, graph } = words();
  const languages = Object.entries(LANGUAGES).map(([name, text]) => {
    const button = made(text, () => {
      state.language = name;
      show();
      /** @type {HTMLElement | null} */ (header.querySelector(`[lang=${name}]`))?.focus();
    });
    button.lang = name;
    button.setAttribute("aria-pressed", String(name === state.language));
    return button;
  });
  header.replaceChildren(
    el("span", { class: "brand" }, "∂ Autograd Explorer"),
    ...(told.passes.length > 1 ? [passes()] : []),
    el("span", { role: "group", "aria-label": labels.language }, ...languages),
  );
  const name = title.replace(/[^\p{L}\p{N}.]+/gu, "-").slice(0, 60);
  const pictures = graph ? [
    made(labels.svg, () => keepSvg(page, `${name}.svg`)),
    made(labels.png, () => keepPng(page, `${name}.png`)),
  ] : [];
  const csv = Object.entries(tables).map(([table, text]) =>
    made(labels[table], () => keepTable(text, `${table}.csv`)));
  footer.replaceChildren(el("span", { id: "take" }, labels.take), el("span", { role: "group", "aria-labelledby": "take" }, ...pictures, ...csv));
}

/** The passes to choose from. */
function passes() {
  const select = /** @type {HTMLSelectElement} */ (el("select", {}));
  for (const [number, name] of told.passes) {
    select.append(new Option(name[state.language], String(number), false, number === state.pass));
  }
  select.addEventListener("change", () => {
    turnTo(Number(select.value));
    show();
    header.querySelector("select")?.focus();
  });
  return el("label", {}, words().labels.pass, select);
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function made(text, act) {
  const button = el("button", { type: "button" }, text);
  button.addEventListener("click", act);
  return button;
}

begin();
