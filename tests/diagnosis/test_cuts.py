"""Gradients that do not arrive: named on the line to change, and not named where all is well."""

from pathlib import Path

import pytest

import autograd_explorer as ax
from autograd_explorer.explaining.diagnosis import diagnose
from autograd_explorer.explaining.diagnosis.cuts import CAUSES
from autograd_explorer.wire import packed, unpacked
from tests.diagnosis.controls import CASES, CONTROLS
from tests.diagnosis.variants import VARIANTS, line, program

pytestmark = pytest.mark.filterwarnings("ignore")

# The cases in tests/forum whose gradient is missing: cause, whose it is, severity.
EXPECTED = {
    1: ("leaf_without_a_name", "scale", "alarm"),
    2: ("leaf_without_a_name", "grid", "alarm"),
    4: ("cut_new_tensor", "gate.weight", "alarm"),
    5: ("cut_new_tensor", "a", "alarm"),
    7: ("cut_index", "net.weight", "fact"),  # it arrives by the other half of the loss
    8: ("cut_index", "net.weight", "alarm"),
    10: ("cut_integer", "position", "alarm"),
    11: ("cut_item", "policy.weight", "alarm"),
    13: ("cut_no_grad", "encoder.weight", "alarm"),
    14: ("cut_no_grad", "encoder.weight", "alarm"),
    16: ("cut_new_tensor", "net.weight", "alarm"),
    17: ("in_a_plain_list", "net.hidden[0].weight", "alarm"),
    19: ("optimizer_holds_old", "net.weight", "alarm"),
    23: ("new_view", "weights[0]", "alarm"),
    25: ("name_rebound", "w", "alarm"),
    26: ("flag_too_late", "image", "alarm"),
    29: ("cut_item", "coarse.weight", "alarm"),
    68: ("constant_derivative", "x", "alarm"),
    73: ("hook_gets_none", "x", "alarm"),
}
# Programs that end in an error to show what is told of them.
TRUE_ALARMS = {
    "unused_in_grad": {"unused_input"},
    "lesson leaf": {"not_a_leaf", "leaf_without_a_name"},
    "lesson modes no_grad": {"cut_no_grad"},
    "lesson modes inference_mode": {"cut_inference"},
    "lesson modes detach": {"cut_detach"},
    "lesson modes flag": {"cut_no_grad"},
    "lesson modes frozen": {"frozen"},
    "derived_overrides": {"unused"},  # an optimizer steps over what no pass has reached
    "older_checkpoint": {"unused_input"},
    "beginners_mistakes": {"unused"},  # the .grad of x, read before any pass
    "own_context_managers": {"cut_detach"},  # of a pass that the program lets fail
    # Programs that look at what did not arrive: a teacher's gradients, what a hook is given, a
    # parameter that a second optimizer holds, an exception that is caught.
    "own_distillation": {"cut_inference"},
    "own_hooks_printing": {"hook_gets_none"},
    "own_optimizer_internals_tour": {"unused"},
    "own_runtime_errors": {"unused_input"},
    "own_autograd_mechanics": {"unused"},  # the .grad of a leaf that nothing uses is read
    "own_inheritance_mixins_state": {"unused"},  # the .grad of a second network is read
}
PARTIAL = {"cut_by_item": "cut_item", "cut_by_data": "cut_data"}


def told(source):
    return [f for f in diagnose(ax.run(source)) if f.cause in CAUSES and f.cause != "arrived"]


def alarms(source):
    return [f for f in told(source) if f.severity == "alarm"]


def of_forum(number):
    return Path("tests/forum", CASES[number]["file"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("number", EXPECTED)
def test_a_case_is_named_on_its_line(number):
    cause, name, severity = EXPECTED[number]
    found = {(f.cause, f.line, f.name, f.severity) for f in told(of_forum(number))}

    assert (cause, CASES[number]["root_line"], name, severity) in found
    assert {f.cause for f in alarms(of_forum(number))} <= {cause}


@pytest.mark.parametrize("number", EXPECTED)
def test_its_cure_helps(number):
    cause, name, _ = EXPECTED[number]
    run = ax.run(CASES[number]["cured_program"])

    assert run.error is None
    assert not [f for f in diagnose(run) if f.severity == "alarm" and f.cause in CAUSES]
    assert not [f for f in diagnose(run) if (f.cause, f.name) == (cause, name)]


@pytest.mark.parametrize("name", VARIANTS)
def test_other_spellings_are_named_on_their_line(name):
    cause, whose, _ = VARIANTS[name]

    assert (cause, line(name), whose) in {(f.cause, f.line, f.name) for f in alarms(program(name))}


@pytest.mark.thinned(3)
@pytest.mark.parametrize("name", CONTROLS)
def test_where_all_is_well_there_is_no_alarm(name):
    assert {f.cause for f in alarms(CONTROLS[name])} == TRUE_ALARMS.get(name, set())


@pytest.mark.parametrize("name", PARTIAL)
def test_a_way_that_is_cut_beside_one_that_is_not_is_a_fact(name):
    from autograd_explorer.course.exhibits import EXHIBITS

    exhibit = next(exhibit for exhibit in EXHIBITS if exhibit.name == name)
    (found,) = told(exhibit.source)

    assert (found.cause, found.status, found.severity) == (PARTIAL[name], "partial", "fact")
    assert not told(exhibit.fixed)


def test_each_leaf_that_got_a_gradient_has_a_row():
    run = ax.run("""import torch
from torch import nn
net = nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 1))
net(torch.ones(1, 2)).sum().backward()
""")

    rows = [(f.name, f.status, f.severity) for f in diagnose(run)]
    assert sorted(rows) == [
        (f"{i}", "arrived", "fact")
        for i in ("net.0.bias", "net.0.weight", "net.1.bias", "net.1.weight")
    ]


FROZEN = """import torch
from torch import nn
net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))
net[0].requires_grad_(False)
net(torch.ones(1, 2)).sum().backward()
for parameter in net[0].parameters():
    parameter.requires_grad = True
{later}print(net[0].weight.grad)
"""


def test_what_was_frozen_in_every_pass_raises_no_alarm():
    (found,) = told(FROZEN.format(later=""))

    assert (found.cause, found.line, found.severity) == ("frozen", 4, "fact")


@pytest.mark.parametrize(
    "later, cause",
    [
        ("nn.Linear(1, 1)(torch.ones(1)).sum().backward()\n", "flag_too_late"),
        ("net(torch.ones(1, 2)).sum().backward()\n", None),
    ],
)
def test_what_was_frozen_once_can_be_missed_in_a_later_pass(later, cause):
    found = {f.cause for f in alarms(FROZEN.format(later=later))}

    assert found == ({cause} if cause else set())


def test_before_any_pass_nothing_is_missed():
    source = (
        "import torch\nw = torch.ones(2, requires_grad=True)\nh = w * 2\nprint(w.grad, h.grad)\n"
    )

    assert diagnose(ax.run(source)) == ()


@pytest.mark.parametrize("number", [4, 13, 17, 19, 23, 73])
def test_what_it_needs_travels_with_the_run(number):
    run = ax.run(of_forum(number))

    assert diagnose(unpacked(packed(run), run.source)) == diagnose(run)


def test_no_tensor_outlives_the_run_because_of_it():
    import gc

    from torch import Tensor

    def count():
        gc.collect()
        return sum(isinstance(thing, Tensor) for thing in gc.get_objects())

    ax.run(of_forum(4))
    before = count()
    run = ax.run(of_forum(4))

    assert run.reach.leaves
    assert count() <= before  # fewer where a cache of another test has let go of some


def test_a_long_run_keeps_a_bounded_reach():
    run = ax.run(
        """import torch
w = torch.ones(1, requires_grad=True)
kept = []
for i in range(520):
    leaf = torch.ones(1, requires_grad=True)
    kept.append((leaf * w).detach())
    (torch.stack(kept[-5:]).sum() * w).backward()
""",
        ax.Limits(seconds=60),
    )

    assert run.error is None
    assert len(run.reach.leaves) <= 500 and len(run.reach.cuts) <= 200
    assert not run.reach.complete


def test_no_method_of_the_program_runs_while_its_values_are_looked_at():
    run = ax.run("""import torch
from torch import nn
class Odd(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(1, 1)
    def __hash__(self):
        print("hash")
        return 1
    def __eq__(self, other):
        print("eq")
        return False
    def __iter__(self):
        print("iter")
        return iter([])
    def __repr__(self):
        return "odd"
    def forward(self, x):
        return self.inner(x)
class Key:
    def __repr__(self):
        print("repr")
        return "key"
odd, held = Odd(), {Key(): torch.ones(1, requires_grad=True)}
odd.register_full_backward_hook(lambda module, given, got: print(given))
opt = torch.optim.SGD(odd.inner.parameters(), lr=0.1)
odd(torch.ones(1, 1)).sum().backward()
opt.step()
""")

    assert run.error is None and run.printed == "(None,)\n"
    assert {f.cause for f in diagnose(run)} == {"arrived", "hook_gets_none"}


def test_a_loop_that_asks_for_numbers_of_a_growing_graph_stays_quick():
    from time import process_time

    source = """import torch
w = torch.ones(1, requires_grad=True)
kept = [w]
for i in range(900):
    kept.append(kept[-1] * 1.001)
    {ask}
"""
    took = []
    for ask in ("kept[-1]", "(kept[-1] + 0.0).item()"):
        start = process_time()
        assert ax.run(source.format(ask=ask)).error is None
        took.append(process_time() - start)
    assert took[1] < 4 * took[0] + 0.1
