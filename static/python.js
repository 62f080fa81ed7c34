// Python in colours: the one way for what is read and for what is being written, which may be
// anything. So there is no grammar here, only what a text is made of.

import { el } from "./elements.js";

const QUOTED = ['"""[\\s\\S]*?(?:"""|$)', "'''[\\s\\S]*?(?:'''|$)", '"(?:\\\\.|[^"\\\\\\n])*"?', "'(?:\\\\.|[^'\\\\\\n])*'?"];
const STRING = `[rbfutRBFUT]{0,2}(?:${QUOTED.join("|")})`;
const NUMBER = "0[xXoObB][\\da-fA-F_]+|(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(?:[eE][+-]?\\d[\\d_]*)?[jJ]?";
const WORD = "[\\p{L}_][\\p{L}\\p{N}_]*";
const TOKENS = new RegExp(`(?<comment>#.*)|(?<literal>${STRING}|${NUMBER})|(?<word>${WORD})`, "gu");

/**
 * @typedef {Object} Words
 * @property {string[]} keywords
 * @property {string[]} names  which have a colour of their own
 */

/** @typedef {[kind: string, text: string]} Piece  the kind is a class of CSS, or "" */

/**
 * Each line in pieces; a string over several lines is cut at their ends.
 *
 * @param {string} text
 * @param {Words} words
 */
export function pieces(text, { keywords, names }) {
  /** @type {Piece[][]} */
  const rows = [[]];
  /** @type {(kind: string, piece: string) => void} */
  const add = (kind, piece) => {
    piece.split("\n").forEach((part, i) => {
      if (i) rows.push([]);
      if (part) rows[rows.length - 1].push([kind, part]);
    });
  };
  let at = 0;
  for (const match of text.matchAll(TOKENS)) {
    const between = text.slice(at, match.index);
    const { comment, literal, word } = match.groups ?? {};
    add("", between);
    if (comment) add("comment", comment);
    else if (literal) add("literal", literal);
    else if (keywords.includes(word)) add("keyword", word);
    else if (names.includes(word) && !between.trimEnd().endsWith(".")) add(`name-${word}`, word);
    else add("", word);
    at = match.index + match[0].length;
  }
  add("", text.slice(at));
  return rows;
}

/** @param {Piece[]} row */
export function coloured(row) {
  return row.map(([kind, text]) => (kind ? el("span", { class: kind }, text) : text));
}
