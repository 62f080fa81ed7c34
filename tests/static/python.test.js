// What the editor and the program beside the graph have in common: a program in colours.

import assert from "node:assert/strict";
import test from "node:test";

import { pieces } from "../../static/python.js";

const WORDS = { keywords: ["for", "in", "None"], names: ["x", "w", "b", "z"] };

/** "kind:text" of whatever has a colour. */
function kinds(text) {
  return pieces(text, WORDS).map((row) => row.filter(([kind]) => kind).map(([kind, piece]) => `${kind}:${piece}`));
}

test("names are coloured as variables only where they are variables", () => {
  assert.deepEqual(kinds("z = x.b + w . b  # b"), [["name-z:z", "name-x:x", "name-w:w", "comment:# b"]]);
});

test("a string that is formatted is one literal, whatever stands in it", () => {
  assert.deepEqual(kinds('print(f"{x!r:>{w}} for")'), [['literal:f"{x!r:>{w}} for"']]);
  assert.deepEqual(kinds("rb'\\'x' Rf\"\"\"x\ny\"\"\" u'x'"), [
    ["literal:rb'\\'x'", 'literal:Rf"""x'],
    ['literal:y"""', "literal:u'x'"],
  ]);
});

test("numbers of every form are literals, whole", () => {
  for (const number of ["0", "1_000", "1.5", ".5", "1.", "1e-5", "2.5E+10", "0xFF_e", "0b1", "3j", "1e3J"]) {
    assert.deepEqual(kinds(`x + ${number}`), [["name-x:x", `literal:${number}`]], number);
  }
  assert.deepEqual(kinds("x1 = a2"), [[]]);
});

test("any text keeps every character, in its line", () => {
  for (const text of ["", "\n", "x = (", "'''", '"', "\tx = 1\n  y", "a\n\nb", "# 🦊 あ\nx = '🦊", "f'{", "\\"]) {
    const rows = pieces(text, WORDS).map((row) => row.map(([, piece]) => piece).join(""));
    assert.equal(rows.join("\n"), text);
  }
});

test("40,000 characters are coloured at once", () => {
  const before = performance.now();
  pieces("x = w + 1.5  # b\n".repeat(2400), WORDS);
  pieces("'".repeat(40_000), WORDS);
  pieces('"""'.repeat(13_333), WORDS);
  assert.ok(performance.now() - before < 1000);
});
