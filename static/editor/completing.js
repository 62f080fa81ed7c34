// What may follow where the cursor stands: names that a program can reach, and the text's own.

import { names } from "../editor_names/view.js";
import { python } from "../frame.js";

const MOST_READ = 20_000; // characters, in which imports and names are looked for
const IMPORT = /^[ \t]*import[ \t]+([\w.]+)(?:[ \t]+as[ \t]+(\w+))?/gm;
const FROM = /^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+\(?([\w, \t]+)/gm;

/**
 * @param {string} text
 * @returns {Map<string, string>} what each name that an import makes stands for
 */
export function aliases(text) {
  const found = new Map();
  for (const [, path, name] of text.matchAll(IMPORT)) {
    if (name) found.set(name, path);
    else found.set(path.split(".")[0], path.split(".")[0]);
  }
  for (const [, path, several] of text.matchAll(FROM)) {
    for (const one of several.split(",")) {
      const [name, , other] = one.trim().split(/\s+/);
      if (name) found.set(other ?? name, `${path}.${name}`);
    }
  }
  return found;
}

/**
 * @param {string} before  the text up to the cursor
 * @param {string} text    all of it
 * @returns {{ from: number, options: string[] } | null}  where the word begins, and what it can be
 */
export function complete(before, text) {
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const [written] = line.match(/[\w.]*$/) ?? [""];
  if (/^[\d.]/.test(written) || /#/.test(line)) return null;
  const dot = written.lastIndexOf(".");
  const word = written.slice(dot + 1);
  const options = importing(line) ?? (dot < 0 ? ownNames(text, word) : membersOf(written.slice(0, dot), text));
  return { from: before.length - word.length, options };
}

/** @param {string} line */
function importing(line) {
  const [, from] = line.match(/^\s*from\s+([\w.]+)\s+import\b/) ?? [];
  if (from) return names()[from] ?? [];
  const [, path] = line.match(/^\s*(?:from|import)\s+([\w.]*)$/) ?? [];
  if (path === undefined) return null;
  const owner = path.slice(0, Math.max(0, path.lastIndexOf(".")));
  const modules = Object.keys(names()).filter((name) => name && name !== "torch.Tensor");
  const within = modules.filter((name) => (owner ? name.startsWith(`${owner}.`) : true));
  return [...new Set(within.map((name) => name.slice(owner ? owner.length + 1 : 0).split(".")[0]))];
}

/** Of what is no module it is unknown what it will be: most often, here, a tensor. */
function membersOf(owner, text) {
  const [first, ...rest] = owner.split(".");
  const path = [aliases(text.slice(0, MOST_READ)).get(first) ?? first, ...rest].join(".");
  return names()[path] ?? names()["torch.Tensor"] ?? [];
}

function ownNames(text, word) {
  const own = text.slice(0, MOST_READ).match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
  const roots = (names()[""] ?? []).filter((name) => !(name in names()));
  return [...new Set([...own, ...python().keywords, ...roots])].filter((name) => name !== word && name.length > 1);
}
