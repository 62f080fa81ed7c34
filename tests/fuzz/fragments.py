"""Pieces of programs, and how bytes choose among them: what both fuzzers put together."""

import autograd_explorer as ax

LIMITS = ax.Limits(
    seconds=1.0,
    elements=10_000,
    total_bytes=32 * 2**20,
    kept_bytes=16 * 2**20,
    statements=2_000,
    turns=500,
    work=10_000_000,
)

NAMES = (
    "x",
    "w",
    "z",
    "f",
    "A",
    "torch",
    "F",
    "nn",
    "math",
    "e",
    "l",
    "loss",
    "self",
    "_",
    "__class__",
)
ATTRIBUTES = (
    "grad", "data", "grad_fn", "shape", "T", "requires_grad", "backward", "sum", "add_", "item",
    "detach", "append", "format", "join", "ones", "tensor", "nn", "func", "autograd", "Linear",
    "__class__", "__dict__", "_version", "next_functions", "register_hook", "parameters", "args",
    "functional", "optim", "SGD", "step", "zero_grad", "apply", "forward", "numpy", "tolist",
    "expand", "repeat", "to", "type", "name", "exp", "matmul", "mean", "mul_", "retain_grad",
    "hessian", "grad_and_value", "Module", "Function", "jit", "ops", "_C", "load", "size", "keys",
)  # fmt: skip
CONSTANTS = (
    "0", "1", "-1", "2.5", "10**9", "10**400", "1e400", "None", "True", "''", "'cuda'", "'{0.x}'", "'%9999d'",
    "(1,)", "[]", "[1, 2]", "{}", "{1}", "...", "0j", "b''", "torch.ones(2)", "'\\ud800'",
    "torch.ones(2, 3, requires_grad=True)", "torch.zeros(2, dtype=torch.long)", "nn.Linear(2, 2)",
    "torch.tensor(1., requires_grad=True)", "range(5)", "float('nan')", "lambda a: a", "1 << 70",
)  # fmt: skip
EXPRESSIONS = (
    "{0}", "{0}.{a}", "{0}.{a}()", "{0}.{a}({1})", "{0}({1})", "{0}({1}, {2})", "{0}[{1}]",
    "{0}[{1}:{2}]", "{0} + {1}", "{0} * {1}", "{0} @ {1}", "{0} ** {1}", "{0} % {1}", "-{0}",
    "not {0}", "{0} < {1}", "{0} in {1}", "{0} is {1}", "{0} and {1}", "[{0}, {1}]", "({0}, {1})",
    "{{{0}: {1}}}", "{{{0}, {1}}}", "[{0} for {n} in {1}]", "{{{n}: {0} for {n} in {1}}}",
    "({0} for {n} in {1} if {2})", "lambda {n}: {0}", "{0} if {1} else {2}", "f'{{{0}}}'",
    "f'{{{0}!r:>9}}'", "f'{{{0}:{{{1}}}}}'", "print({0}, sep={1})", "sum({0})", "len({0})", "list({0})",
    "max({0}, {1})", "isinstance({0}, {1})", "type({0})", "super().{a}({0})", "str({0})", "sorted({0}, key={1})",
    "torch.{a}({0}, {1})", "F.{a}({0})", "nn.{a}({0}, {1})", "torch.autograd.grad({0}, {1})", "repr({0})",
    "torch.autograd.functional.jacobian({0}, {1})", "torch.func.grad({0})({1})", "{0}.{a}({n}={1})",
    "({n} := {0})", "'{{}}'.format({0})", "','.join({0})", "round({0}, {1})", "zip({0}, {1})", "map({0}, {1})",
    "torch.optim.SGD({0}, lr={1})", "hasattr({0}, {1})", "next(iter({0}))", "{0}(*{1}, **{2})", "dict({0})",
)  # fmt: skip
STATEMENTS = (
    "{0}", "{n} = {0}", "{n}, {m} = {0}", "{n} += {0}", "{n}.{a} = {0}", "{n}.{a} -= {0}", "{n}[{0}] = {1}", "del {n}",
    "assert {0}, {1}", "raise {0}", "return {0}", "break", "continue", "pass", "global {n}", "nonlocal {n}",
    "import {n}", "from torch import {a}", "{n}: {0} = {1}", "*{n}, {m} = {0}", "del {n}[{0}]", "yield {0}", "raise",
    "{0}.backward()", "{n}.grad.zero_()", "print({0})",
)  # fmt: skip
BLOCKS = (
    "if {0}:", "for {n} in {0}:", "while {0}:", "with torch.no_grad():", "with {0}:", "def f({n}, *{m}):",
    "def {n}({m}={0}):", "class A({0}):", "class A(nn.Module):", "class A(torch.autograd.Function):", "try:",
    "@torch.no_grad()\n{i}def f({n}):", "@{0}\n{i}def f({n}):", "def forward(self, {n}):", "def __init__(self):",
    "def __repr__(self):", "def __eq__(self, {n}):", "@staticmethod\n{i}def forward(ctx, {n}):", "with {0} as {n}:",
)  # fmt: skip
PRELUDE = "import torch, math\nfrom torch import nn\nimport torch.nn.functional as F\nx = torch.ones(2, 2)\nw = torch.ones(2, requires_grad=True)\n"


class Chooser:
    """Turns a string of bytes into choices; once they are used up, always the first."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def number(self, below: int) -> int:
        if self.at >= len(self.data):
            return 0
        self.at += 1
        return self.data[self.at - 1] % below

    def one(self, of):
        return of[self.number(len(of))]


def expression(choose: Chooser, depth: int) -> str:
    if depth <= 0 or choose.number(3) == 0:
        return choose.one(NAMES if choose.number(2) else CONSTANTS)
    parts = [expression(choose, depth - 1) for _ in range(3)]
    return choose.one(EXPRESSIONS).format(*parts, a=choose.one(ATTRIBUTES), n=choose.one(NAMES))


def block(choose: Chooser, depth: int, indent: str) -> list[str]:
    lines = []
    for _ in range(1 + choose.number(4)):
        words = {
            "n": choose.one(NAMES),
            "m": choose.one(NAMES),
            "a": choose.one(ATTRIBUTES),
            "i": indent,
        }
        parts = [expression(choose, 2) for _ in range(2)]
        if depth > 0 and choose.number(3) == 0:
            head = choose.one(BLOCKS)
            lines.append(indent + head.format(*parts, **words))
            lines += block(choose, depth - 1, indent + "    ")
            if head == "try:":
                lines.append(indent + choose.one(("except Exception as e:", "finally:", "except:")))
                lines += block(choose, depth - 1, indent + "    ")
            continue
        statement = choose.one(STATEMENTS).format(*parts, **words)
        if choose.number(4):  # else the first mistake would end most programs
            lines += [indent + "try:", indent + "    " + statement]
            lines.append(indent + "except Exception: pass")
        else:
            lines.append(indent + statement)
    return lines


def program(data: bytes) -> str:
    """A program made of the pieces, or now and then the bytes themselves."""
    choose = Chooser(data)
    if choose.number(8) == 7:
        return data[1:].decode("utf-8", "surrogateescape")
    return PRELUDE + "\n".join(block(choose, 3, ""))
