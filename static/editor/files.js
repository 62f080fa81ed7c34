// Files to take away: the program as it is, as a script and as a notebook.

import { el } from "../elements.js";

/** @param {string} source */
export function notebook(source) {
  const lines = source.replace(/\n+$/, "").match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const cell = { cell_type: "code", id: "program", metadata: {}, execution_count: null, outputs: [], source: lines };
  const kernelspec = { name: "python3", display_name: "Python 3", language: "python" };
  const metadata = { kernelspec, language_info: { name: "python" } };
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: [cell] }, null, 1);
}

/**
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
export function save(name, type, text) {
  const link = el("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
