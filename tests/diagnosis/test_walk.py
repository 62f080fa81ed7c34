"""The walk over the traced passes, and the ledgers: each cause at its line, and quiet elsewhere."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch

import autograd_explorer as ax
from autograd_explorer.course.museum import EXHIBITS
from autograd_explorer.explaining.diagnosis import diagnose, nonfinite, noted, shares, zeros
from autograd_explorer.explaining.diagnosis.nonfinite import first_nonfinite
from autograd_explorer.explaining.diagnosis.ways import Ways
from autograd_explorer.recording import ledger
from autograd_explorer.records import Entry
from autograd_explorer.wire import BadMessage, packed, unpacked
from tests.diagnosis.walk_sound import PROGRAMS as SOUND
from tests.diagnosis.walk_variants import HEAD, PROGRAMS, expected, program

# In pytest a warning is an error, in a program it is none.
pytestmark = pytest.mark.filterwarnings("always")

CASES = {case["n"]: case for case in json.loads(Path("tests/forum/cases.json").read_text())}
CAUSES = {
    *nonfinite.CAUSES, *zeros.CAUSES, *shares.CAUSES, *noted.CAUSES,
}  # fmt: skip
# Of the cases in tests/forum, those that the walk or a ledger has to explain.
OF_CASES = {
    20: "drawn", 28: "ids_need_no_gradient", 31: "relu_at_zero", 32: "relu_dead", 34: "saturated",
    35: "flat_operation", 37: "padding", 38: "zero_times_inf", 40: "infinite_slope",
    41: "infinite_slope", 43: "infinite_slope", 44: "masked_row", 46: "mean_of_nothing",
    47: "masked_row", 49: "infinite_slope", 50: "exploding", 52: "summed_passes", 53: "broadcast",
    55: "index_twice", 56: "changed_behind_autograd", 58: "wrong_number_of_gradients",
    59: "kept_graphs", 61: "modified_in_place", 62: "in_place_on_skip", 64: "not_detached",
    65: "carried_graph", 67: "not_scalar", 70: "sparse_gradient",
    71: "eval_records", 74: "conjugate",
}  # fmt: skip
# True after the cure as well: the cure takes the conjugate of what PyTorch returns.
STAYS = {74}
# Controls that really contain what is reported. They are there to show it.
CONTAINED = {
    "dead_relu_and_init": {("relu_dead", 24)},
    "detach_data_item": {("changed_behind_autograd", 16)},
    "gradient_clipping": {("relu_dead", 11)},  # all below its last layers is 0
    "nan_gradients": {("infinite_slope", 5), ("zero_times_inf", 8), ("overflow", 17)},
    "in_place": {("modified_in_place", 8)},
}
FOLDERS = ("tests/programs", "pages/play/examples", "tests/corpus/library", "tests/corpus/coverage")
CONTROLS = [path for folder in FOLDERS for path in sorted(Path(folder).rglob("*.py"))]


@cache
def findings(source):
    return diagnose(ax.run(source))


def ours(source):
    return {(f.cause, f.line) for f in findings(source) if f.cause in CAUSES}


def alarms(source):
    return {
        (f.cause, f.line)
        for f in findings(source)
        if f.cause in CAUSES and f.severity == "alarm"
    }  # fmt: skip


@pytest.mark.parametrize("number", OF_CASES)
def test_a_report_is_explained_on_its_root_line(number):
    case = CASES[number]
    source = Path("tests/forum", case["file"]).read_text(encoding="utf-8")

    assert (OF_CASES[number], case["root_line"]) in ours(source)


@pytest.mark.parametrize("number", OF_CASES)
def test_its_cure_ends_it(number):
    cured = CASES[number]["cured_program"]

    assert not alarms(cured)
    assert (OF_CASES[number] in {cause for cause, _ in ours(cured)}) == (number in STAYS)


@pytest.mark.parametrize("name", PROGRAMS)
def test_another_spelling_is_explained_as_well(name):
    assert expected(name) in ours(program(name))


@pytest.mark.parametrize("path", CONTROLS, ids=lambda path: path.stem)
def test_a_control_is_quiet_or_contains_what_is_said(path):
    assert alarms(path.read_text(encoding="utf-8")) == CONTAINED.get(path.stem, set())


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_program_is_quiet(name):
    source = HEAD + SOUND[name].lstrip()

    assert ax.run(source).error is None
    assert not alarms(source)


@pytest.mark.parametrize("number", CASES)
def test_a_cured_program_is_quiet(number):
    assert not alarms(CASES[number]["cured_program"])


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda exhibit: exhibit.name)
def test_a_mended_exhibit_is_quiet(exhibit):
    assert not alarms(exhibit.fixed)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_diagnosis_is_the_same_from_a_process_of_its_own(name):
    run = ax.run(program(name))
    again = unpacked(packed(run), run.source)

    assert again.ledger == run.ledger
    assert repr(diagnose(again)) == repr(findings(program(name)))
    json.dumps([dict(finding.facts) for finding in diagnose(run)])


# The first node that is not finite, found once more without our trace


def first_by_force(source):
    """Each node's hook compares what came in with what went out, in plain PyTorch."""
    found = []

    def watch(node):
        def hook(sent, received):
            sound = all(g is None or bool(torch.isfinite(g).all()) for g in received)
            bad = any(g is not None and not bool(torch.isfinite(g).all()) for g in sent)
            if sound and bad:
                found.append(node.name())

        return hook

    def backward(self, *args, **options):
        seen, queue = {self.grad_fn}, [self.grad_fn]
        for node in queue:
            for other, _ in node.next_functions:
                if other is not None and other not in seen:
                    seen.add(other)
                    queue.append(other)
        for node in seen:
            node.register_hook(watch(node))
        torch.autograd.backward(self, *args, **options)

    names = {"__name__": "__main__"}
    plain = torch.Tensor.backward
    torch.Tensor.backward = backward
    try:
        exec(compile(source, "case", "exec"), names)  # noqa: S102
    finally:
        torch.Tensor.backward = plain
    return found[0] if found else None


def kinds_of_gradients(source):
    return {
        nonfinite.nonfinite(edge.gradient)
        for graph in ax.run(source).backwards
        for edge in graph.edges
        if graph.nodes[0].upstream[0] is not None and np.isfinite(graph.nodes[0].upstream[0]).all()
    }


NAN = [
    *(n for n in OF_CASES if CASES[n]["group"] == "nan"),
    *(name for name in PROGRAMS if name.partition(":")[0] in nonfinite.CAUSES),
]


@pytest.mark.parametrize("which", NAN)
def test_the_first_bad_node_is_the_one_that_a_search_by_force_finds(which, capsys):
    source = (
        program(which)
        if isinstance(which, str)
        else Path("tests/forum", CASES[which]["file"]).read_text(encoding="utf-8")
    )
    starts = [first_nonfinite(Ways(graph)) for graph in ax.run(source).backwards]

    name = next((start[0].name for start in starts if start is not None), None)
    assert name == first_by_force(source)
    assert name is not None or not {"nan", "inf"} & kinds_of_gradients(source)


# The ledger on its way from a worker


@pytest.mark.parametrize(
    "entries",
    [
        [Entry("nonfinite", -1, "", ())],
        [Entry("nonfinite", 1, "", (("kind", (1, 2)),))],
        [Entry("nonfinite", 1, "", (("kind",),))],
        [Entry("nonfinite", 1, "", "kind")],
        [Entry("nonfinite", 1, 7, ())],
        [Entry("nonfinite", 1, str(i), ()) for i in range(201)],
    ],
)
def test_a_ledger_that_no_run_has_is_refused(entries):
    run = replace(ax.run("import torch"), ledger=tuple(entries))

    with pytest.raises(BadMessage):
        unpacked(packed(run), run.source)


def test_a_tensor_lives_no_longer_because_it_is_watched(monkeypatch):
    """What was changed in place is gone as soon as the program has let go of it."""
    living = []
    plain = ledger.Ledger.entries

    def entries(self):
        living.extend(tensor for tensor, _ in self.changed())
        return plain(self)

    monkeypatch.setattr(ledger.Ledger, "entries", entries)
    ax.run("import torch\nfor k in range(9):\n    x = torch.ones(3)\n    x.add_(1)\n")

    assert [tensor is None for tensor in living] == [True] * 8 + [False]  # x of the last turn


@pytest.mark.parametrize("line, told", [("z = y @ v", False), ("z = (y @ v) * (y + 1)", True)])
def test_a_result_counts_as_used_once_though_it_meets_a_new_leaf(line, told):
    run = ax.run(
        "import torch\nw = torch.ones(2, 2, requires_grad=True)\nh = torch.ones(2, 2) @ w\n"
        "y = torch.nn.functional.relu(h, inplace=True)\n"
        f"v = torch.ones(2, 2, requires_grad=True)\n{line}\nz.sum().backward()\n"
    )

    assert ("in_place_on_skip" in {entry.kind for entry in run.ledger}) is told
