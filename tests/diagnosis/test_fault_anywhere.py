"""Programs made at random, with and without one fault at a statement chosen at random: values that
are not finite, gradients that are zero, tensors changed too early, loops that forget something."""

import random
from collections import Counter

import pytest
import torch

import autograd_explorer as ax
from autograd_explorer.explaining.diagnosis import diagnose

pytestmark = pytest.mark.filterwarnings("ignore")

HEAD = ["import torch", "from torch import nn", "import torch.nn.functional as F",
        "torch.manual_seed({seed})", "layer = nn.Linear(3, 3)",
        "def mixed(x, y):", "    z = torch.tanh(x * y)", "    return z + x"]  # fmt: skip
# Whatever x and y are, the result and its slopes are finite, and no slope is 0.
STEPS = (
    "torch.tanh({x}) + 0.5 * {y}", "torch.sigmoid({x}) * (1 + {y} ** 2)", "layer({x}) - {y}",
    "mixed({x}, {y})", "torch.stack([{x}, {y}]).mean(0)", "F.softplus({x}) * torch.cos({y})",
    "({x} ** 2 + 1).sqrt() + {y}", "torch.log({x} ** 2 + 1) - {y}", "F.gelu({x}) + 0.3 * {y}",
    "F.layer_norm({x}, (3,)) + {y}", "{x} / (1 + {y}.abs())",
    "torch.where({x} > 0, {x}, 0.5 * {y}) + 0.1 * {x}",
)  # fmt: skip

# How a value is spoilt, by what the diagnosis calls it. {} is an expression.
NOT_FINITE = (
    ("infinite_slope", "torch.sqrt(({}) * 0.0)"),
    ("infinite_slope", "(({}) - ({}).detach()) ** 0.5"),
    ("infinite_slope", "torch.log(({}) * 0.0)"),
    ("infinite_slope", "torch.norm(({}) * 0.0).sqrt() * torch.ones(3)"),
    ("out_of_domain", "torch.log(-({}).abs() - 1)"),
    ("out_of_domain", "torch.sqrt(-({}) ** 2 - 1)"),
    ("divided_by_zero", "({}) / torch.zeros(3)"),
    ("overflow", "torch.exp(({}).abs() + 200)"),
    ("zero_times_inf", "torch.where(({}) > -1e9, ({}), (({}) * 0.0).log())"),
    ("zero_times_inf", "(({}) * 0.0).sqrt().masked_fill(({}) > -1e9, 0.0) + ({})"),
    ("masked_row", "torch.softmax(({}) + torch.full((3,), -torch.inf), 0)"),
    ("spread_of_one", "({})[:1].std() * torch.ones(3)"),
    ("mean_of_nothing", "({})[:0].mean() * torch.ones(3)"),
)
ZERO = (
    ("relu_dead", "torch.relu(({}) - 1e3)"),
    ("relu_dead", "F.relu(-({}) ** 2 - 1)"),
    ("clamped", "(0.1 * torch.tanh({})).clamp(0.4, 0.6)"),
    ("clamped", "torch.clamp(({}) - 1e3, min=-0.5)"),
    ("flat_operation", "torch.round({})"),
    ("flat_operation", "torch.sign({})"),
    ("drawn", "torch.bernoulli(torch.sigmoid({}))"),
    ("drawn", "torch.normal(({}), 1.0)"),
    ("saturated", "torch.sigmoid(({}) + 200)"),
    ("saturated", "torch.tanh(50 + ({}) ** 2)"),
    ("zero_operand", "({}) * torch.zeros(3)"),
)
# Of a tensor t that exp() has made, and saved.
CHANGED = (
    ("modified_in_place", "{t}.mul_(2)"),
    ("modified_in_place", "{t} += 1"),
    ("modified_in_place", "{t}[0] = 0.0"),
    ("changed_behind_autograd", "{t}.data.mul_(2)"),
    ("changed_behind_autograd", "{t}.data[0] = 0.0"),
)
# What a loop gets wrong: the line as it should be, and as it is.
LOOPS = (
    ("stale_gradient", "opt.zero_grad()", "pass"),
    ("carried_graph", "+ state.detach()", "+ state"),
    ("kept_graphs", "total += loss.item()", "total += loss"),
    ("kept_graphs", "kept.append(loss.detach())", "kept.append(loss)"),
)
FAULTS = (*NOT_FINITE, *ZERO, *CHANGED, *LOOPS)


def chain(chance, leaves, steps, chosen, spoil):
    """Statements of which each takes the newest value. That of the number `chosen` is spoilt: its
    expression goes through `spoil`, which may add statements. The lines, the newest name, and the
    number of the spoilt line."""
    lines, newest, where, known = [], leaves[0], 0, list(leaves)
    for i in range(steps):
        unused = [name for name in leaves[1:] if not any(name in line for line in lines)]
        other = chance.choice(unused or known)
        value = chance.choice(STEPS).format(x=newest, y=other)
        after = []
        if i == chosen:
            value, after = spoil(value, f"h{i}")
        kind = chance.randrange(3)
        if kind == 0:
            lines.append(f"h{i} = {value}")
            at = len(lines)
        elif kind == 1:
            lines += [f"def f{i}():", f"    return {value}", f"h{i} = f{i}()"]
            at = len(lines) - 1
        else:
            lines += [f"box{i} = []", f"for _ in range(1): box{i}.append({value})"]
            at = len(lines)
            lines.append(f"h{i} = box{i}[0]")
        lines += after
        if i == chosen:
            where = len(lines) if after else at
        newest = f"h{i}"
        known.append(newest)
    return lines, newest, where


def made(seed, fault):
    """A program, its leaves, and the line of its fault; fault is one of FAULTS, or None."""
    chance = random.Random(seed)  # noqa: S311
    leaves = [f"w{i}" for i in range(chance.randint(2, 4))]
    steps = chance.randint(4, 8)
    chosen = chance.randrange(steps)

    def spoil(value, name):
        if fault in CHANGED:
            return f"torch.exp(torch.tanh({value}))", [fault[1].format(t=name)]
        if fault is None or fault in LOOPS:
            return value, []
        return fault[1].replace("{}", value), []

    lines = [line.format(seed=seed) for line in HEAD]
    lines += [f"{name} = torch.randn(3, requires_grad=True)" for name in leaves]
    body, newest, where = chain(chance, leaves, steps, chosen, spoil)
    end = [
        "anchor = torch.ones(3, requires_grad=True)", f"loss = ({newest} * anchor + anchor) @ torch.tensor([1.0, -0.5, 2.0])"
    ]  # fmt: skip
    if fault not in LOOPS and chance.random() < 0.6:
        where += len(lines)
        lines += [*body, *end, "loss.backward()", *(f"print({name}.grad)" for name in leaves)]
        return "\n".join(lines) + "\n", leaves, where
    # The same in a loop that trains.
    whole = [
        "opt.zero_grad()", *body, f"{newest} = {newest} + state.detach()", *end, "loss.backward()",
        "opt.step()", f"state = torch.tanh({newest})",
        "total += loss.item()", "kept.append(loss.detach())",
    ]  # fmt: skip
    given = ", ".join(leaves)
    lines += [
        f"opt = torch.optim.SGD([{given}], lr=1e-3)", "state, total, kept = torch.zeros(3), 0.0, []",
        f"for turn in range({chance.randint(2, 4)}):",
    ]  # fmt: skip
    begins = len(lines)
    if fault in LOOPS:
        cause, right, wrong = fault
        at = next(i for i, line in enumerate(whole) if right in line)
        whole[at] = whole[at].replace(right, wrong)
        where = whole.index("loss.backward()") + 1 if cause == "stale_gradient" else at + 1
    elif where:
        where += 1
    lines += [f"    {line}" for line in whole]
    return "\n".join(lines) + "\n", leaves, where + begins


def shows(run, fault, leaves):
    """Whether the fault had its effect, by the run's own numbers at the end: a value may come to
    the loss by another way too."""
    grads = [run.tensor(name).grad for name in leaves] if run.error is None else []
    if fault in NOT_FINITE:
        loss = run.tensor("loss").values
        arrays = [torch.tensor(a) for a in (loss, *grads) if a is not None]
        return not all(bool(torch.isfinite(a).all()) for a in arrays)
    if fault in ZERO:
        return any(grad is not None and not grad.any() for grad in grads)
    return fault[0] != "modified_in_place" or run.error is not None


def found(seeds):
    """How many faults had an effect, and those that were not found on their line."""
    whole, missed = Counter(), []
    for seed in seeds:
        fault = FAULTS[seed % len(FAULTS)]
        source, leaves, line = made(seed, fault)
        run = ax.run(source)
        if not shows(run, fault, leaves):
            continue
        whole[fault[0]] += 1
        told = [(f.cause, f.line) for f in diagnose(run) if f.status != "arrived"]
        if (fault[0], line) not in told:
            missed.append((seed, fault[0], line, told))
    return whole, missed


def alarms(seeds):
    return [
        (seed, finding)
        for seed in seeds
        for finding in diagnose(ax.run(made(seed, None)[0]))
        if finding.severity == "alarm"
    ]


def check(seeds):
    whole, missed = found(seeds)
    assert sum(whole.values()) >= 0.7 * len(seeds)
    assert set(whole) == {cause for cause, _, *_ in FAULTS}
    assert len(missed) <= 0.05 * sum(whole.values()), missed


def test_a_fault_anywhere_is_found_on_its_line():
    check(range(4 * len(FAULTS)))


def test_without_a_fault_there_is_no_alarm():
    seeds = range(120)
    assert len(alarms(seeds)) <= 0.02 * len(seeds)


@pytest.mark.soak
def test_of_many_faults_nearly_all_are_found():
    check(range(5000, 5000 + 40 * len(FAULTS)))


@pytest.mark.soak
def test_of_many_programs_without_a_fault_hardly_any_raises_an_alarm():
    seeds = range(5000, 6200)
    assert len(alarms(seeds)) <= 0.02 * len(seeds)
