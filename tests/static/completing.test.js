// What the editor offers where the cursor stands.

import assert from "node:assert/strict";
import test from "node:test";

import { aliases, complete } from "../../static/editor/completing.js";
import know from "../../static/editor_names/view.js";
import { take } from "../../static/frame.js";

take({ words: {}, python: { keywords: ["for", "import"], names: [] }, scale: [], icons: {} });
const NAMES = {
  "": "math print torch",
  "torch": "nn ones tensor",
  "torch.nn": "Linear functional",
  "torch.nn.functional": "relu softmax",
  "torch.Tensor": "backward sum",
  "math": "pi",
};
know({ data: NAMES, parentElement: /** @type {any} */ ({}) });

/** What is offered at the end of a text. */
const offered = (text, rest = "") => complete(text, text + rest)?.options ?? null;

test("imports say what a name stands for", () => {
  const found = aliases("import torch\nimport torch.nn.functional as F\nfrom torch import nn, optim as o\nimport os.path\n");

  assert.deepEqual([...found], [["torch", "torch"], ["F", "torch.nn.functional"], ["os", "os"], ["nn", "torch.nn"], ["o", "torch.optim"]]);
});

test("after a module come its names, by whatever name it was imported", () => {
  assert.deepEqual(offered("import torch\ntorch."), ["nn", "ones", "tensor"]);
  assert.deepEqual(offered("from torch import nn\nm = nn.Lin"), ["Linear", "functional"]);
  assert.deepEqual(offered("import torch.nn.functional as F\ny = F.re"), ["relu", "softmax"]);
  assert.deepEqual(offered("import torch as t\nt.nn.functional."), ["relu", "softmax"]);
});

test("after anything else come the members of a tensor", () => {
  assert.deepEqual(offered("loss."), ["backward", "sum"]);
  assert.deepEqual(offered("loss.grad.su"), ["backward", "sum"]);
});

test("in an import come modules and what they have", () => {
  assert.deepEqual(offered("from torch.nn import "), ["Linear", "functional"]);
  assert.deepEqual(offered("import ma"), ["torch", "math"]);
  assert.deepEqual(offered("import torch.n"), ["nn"]);
});

test("a bare word is one of the text's own, of Python's, or needs no import", () => {
  assert.deepEqual(offered("weight = 1\nwei"), ["weight", "for", "import", "print"]);
  assert.equal(complete("weight = 1\nwei", "weight = 1\nwei")?.from, 11);
});

test("nothing is offered in a comment or a number", () => {
  assert.equal(offered("x = 1  # tor"), null);
  assert.equal(offered("x = 1."), null);
});
