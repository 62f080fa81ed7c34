"""Programs made at random, with and without a cut at a statement chosen at random."""

import random

import pytest

import autograd_explorer as ax
from autograd_explorer.explaining.diagnosis import diagnose

pytestmark = pytest.mark.filterwarnings("ignore")
SEEDS = range(120)
# How a value is cut off, and what the diagnosis calls it. {} is an expression.
CUTS = {
    "({}).detach()": "cut_detach",
    "({}).data": "cut_data",
    "torch.tensor(({}).tolist())": "cut_tolist",
    "torch.as_tensor(({}).detach().numpy())": "cut_numpy",
    "torch.stack([torch.tensor(float(part)) for part in ({})])": "cut_item",
    "({}).sum().item() * torch.ones(3)": "cut_item",
    "torch.no_grad()(lambda: {})()": "cut_no_grad",
    "(({}) > 0).float()": "cut_comparison",
    "({}).argsort().float()": "cut_index",
    "({}).long() * 0.5": "cut_integer",
    "nn.Parameter({})": "cut_new_tensor",
}
STEPS = (
    "{a} * {b}", "{a} + 0.5 * {b}", "torch.tanh({a}) - {b}", "layer({a}) + {b}",
    "mixed({a}, {b})", "torch.stack([{a}, {b}]).mean(0)", "{a} * {b}.abs().mean()",
    "parts(dict(x={a}, y={b}))", "[{a}, {b}][1] + {a}.exp()",
)  # fmt: skip


def made(seed, cut):
    """A program whose every value goes into the loss; the line of the cut, and its kind."""
    chance = random.Random(seed)  # noqa: S311
    leaves = [f"w{i}" for i in range(chance.randint(2, 4))]
    lines = [
        "import torch", "from torch import nn", "torch.manual_seed(0)", "layer = nn.Linear(3, 3)",
        "def mixed(x, y):", "    z = x * y", "    return z + x",
        "def parts(both):", "    return both['x'] - both['y']",
        *[f"{name} = torch.randn(3, requires_grad=True)" for name in leaves],
    ]  # fmt: skip
    # Each step takes the newest value, so that whatever is cut off is behind the loss.
    steps, newest = chance.randint(4, 9), leaves[0]
    chosen, (template, cause) = chance.randrange(steps), chance.choice(list(CUTS.items()))
    where = 0
    known = list(leaves)
    for i in range(steps):
        unused = [name for name in leaves if name not in "\n".join(lines[9 + len(leaves) :])]
        other = chance.choice(unused or known)
        made_of = chance.choice(STEPS).format(a=newest, b=other)
        value = made_of
        if cut and i == chosen:
            value, where = template.format(made_of), len(lines) + 1
        kind = chance.randrange(3)
        if kind == 0:
            lines.append(f"h{i} = {value}")
        elif kind == 1:
            lines += [f"def f{i}():", f"    return {value}", f"h{i} = f{i}()"]
            where += where == len(lines) - 2
        else:
            lines += [f"box{i} = []", f"for _ in range(1): box{i}.append({value})"]
            lines.append(f"h{i} = box{i}[0]")
            where += where == len(lines) - 2
        newest = f"h{i}"
        known.append(newest)
    anchor = "anchor = torch.ones(3, requires_grad=True)"
    lines += [anchor, f"loss = ({newest} * anchor).sum()", "loss.backward()"]
    lines += [f"print({name}.grad)" for name in leaves]
    return "\n".join(lines) + "\n", where, cause, leaves


def lost(run, leaves):
    """By the run's own values at the end."""
    return {name for name in leaves if run.tensor(name).grad is None}


def test_a_cut_anywhere_is_found_on_its_line():
    whole = right = 0
    wrong = []
    for seed in SEEDS:
        source, line, cause, leaves = made(seed, cut=True)
        run = ax.run(source)
        assert run.error is None, (source, run.error)
        gone = lost(run, leaves) - lost(ax.run(made(seed, cut=False)[0]), leaves)
        for name in gone:
            whole += 1
            found = [f for f in diagnose(run) if f.name == name and f.severity == "alarm"]
            good = [(f.cause, f.line) for f in found] == [(cause, line)]
            right += good
            if not good:
                wrong.append((seed, name, cause, line, [(f.cause, f.line) for f in found]))
    assert whole > 100
    assert right / whole >= 0.95, wrong


def test_without_a_cut_there_is_no_alarm():
    alarms = [
        (seed, finding)
        for seed in SEEDS
        for finding in diagnose(ax.run(made(seed, cut=False)[0]))
        if finding.severity == "alarm"
    ]
    assert len(alarms) <= 0.02 * len(SEEDS), alarms


@pytest.mark.parametrize("seed", [0, 1])
def test_the_programs_differ_by_the_cut_alone(seed):
    with_cut, line, _, _ = made(seed, cut=True)
    without = made(seed, cut=False)[0]

    differ = [
        i
        for i, pair in enumerate(zip(with_cut.split("\n"), without.split("\n"), strict=True), 1)
        if len(set(pair)) > 1
    ]
    assert differ == [line]
