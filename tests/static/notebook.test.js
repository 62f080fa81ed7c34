// The notebook that a program is taken away as.

import assert from "node:assert/strict";
import test from "node:test";

import { notebook } from "../../static/editor/files.js";

test("a notebook has the whole program in one cell", () => {
  const { cells, nbformat, nbformat_minor } = JSON.parse(notebook("a = 1\n\nprint('あ')\n\n"));

  assert.deepEqual([nbformat, nbformat_minor], [4, 5]);
  assert.deepEqual(cells.map(({ source }) => source), [["a = 1\n", "\n", "print('あ')"]]);
});

test("a program without a line is an empty cell", () => {
  assert.deepEqual(JSON.parse(notebook("")).cells[0].source, []);
});
