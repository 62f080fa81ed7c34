"""Every exhibit against plain Python and the real PyTorch."""

import pytest
import torch

import autograd_explorer as ax
from autograd_explorer.course.museum import EXHIBITS, ROOMS, beside, facts, quiz

# Where plain PyTorch stops each program; those that are not here run to their end.
STOPS = {
    "not_scalar": (5, RuntimeError),
    "nothing_recorded": (5, RuntimeError),
    "second_backward": (6, RuntimeError),
    "carried_state": (8, RuntimeError),
    "gradient_shape": (5, RuntimeError),
    "fake_not_detached": (10, RuntimeError),
    "leaf_in_place": (4, RuntimeError),
    "parameter_replaced": (7, TypeError),
    "grad_is_none": (6, AttributeError),
    "update_without_no_grad": (6, RuntimeError),
    "slice_in_place": (5, RuntimeError),
    "numpy_of_recorded": (5, RuntimeError),
    "cut_by_argmax": (8, RuntimeError),
    "unused_input": (6, RuntimeError),
    "modified_in_place": (9, RuntimeError),
    "only_floating": (3, RuntimeError),
    "relu_in_place": (9, RuntimeError),
    "inference_saved": (6, RuntimeError),
    "step_between": (10, RuntimeError),
    "slice_made_anew": (5, RuntimeError),
}
# What the diagnosis has to find first: the mistake that each exhibit is about, and its line.
FINDINGS = {
    "not_scalar": ("not_scalar", 5),
    "forgotten_zero_grad": ("summed_passes", 5),
    "nothing_recorded": ("nothing_recorded", 5),
    "second_backward": ("second_backward", 6),
    "carried_state": ("carried_graph", 6),
    "parts_of_a_batch": ("summed_passes", 7),
    "gradient_shape": ("gradient_shape", 5),
    "fake_not_detached": ("not_detached", 6),
    "steps_that_add_up": ("stale_gradient", 7),
    "running_total": ("kept_graphs", 9),
    "step_between": ("stepped_between", 9),
    "leaf_made_wrongly": ("leaf_without_a_name", 3),
    "leaf_in_place": ("leaf_in_place", 4),
    "parameter_replaced": ("name_rebound", 7),
    "optimizer_of_others": ("optimizer_holds_old", 6),
    "grad_is_none": ("not_a_leaf", 4),
    "update_without_no_grad": ("leaf_in_place", 6),
    "layers_in_a_list": ("in_a_plain_list", 7),
    "slice_in_place": ("leaf_in_place", 5),
    "flag_too_late": ("flag_too_late", 6),
    "slice_made_anew": ("new_view", 5),
    "left_out_of_the_optimizer": ("in_no_optimizer", 6),
    "cut_by_item": ("cut_item", 4),
    "numpy_of_recorded": ("numpy_of_recorded", 5),
    "loss_rewrapped": ("cut_new_tensor", 5),
    "cut_by_argmax": ("cut_index", 5),
    "cut_by_data": ("cut_data", 5),
    "encoder_in_no_grad": ("cut_no_grad", 6),
    "unused_input": ("unused_input", 6),
    "cut_by_round": ("flat_operation", 4),
    "cut_by_integer": ("cut_integer", 6),
    "drawn_at_random": ("drawn", 5),
    "dead_relu": ("relu_dead", 6),
    "two_layers_of_zeros": ("zero_operand", 4),
    "modified_in_place": ("modified_in_place", 7),
    "root_of_zero": ("infinite_slope", 5),
    "only_floating": ("only_floating", 3),
    "broadcast_loss": ("broadcast", 7),
    "relu_in_place": ("modified_by_module", 6),
    "where_leaks_nan": ("zero_times_inf", 4),
    "inference_saved": ("inference_saved", 6),
    "log_of_zero": ("infinite_slope", 5),
    "row_without_an_entry": ("masked_row", 5),
    "softmax_twice": ("softmax_twice", 5),
    "mean_of_nothing": ("mean_of_nothing", 5),
    "changed_behind_autograd": ("changed_behind_autograd", 5),
}
# What may be intended is told of the mended program too: that an input was not used, that the
# integer part of a number goes another way, that the first gradient behind zeros is 0.
STAYS = {"unused_input", "cut_by_integer", "two_layers_of_zeros"}
every_exhibit = pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda exhibit: exhibit.name)
# PyTorch warns of two of the mistakes, and does not stop them.
pytestmark = pytest.mark.filterwarnings("ignore:The .grad attribute", "ignore:Converting a tensor")


def plainly(source):
    """What plain Python does: the variables at the end, what it printed, what it raised where."""
    out = []
    scope = {"print": lambda *values: out.append(" ".join(map(str, values)) + "\n")}
    try:
        exec(source, scope)  # noqa: S102
    except Exception as error:
        return scope, "".join(out), (error.__traceback__.tb_next.tb_lineno, error)
    return scope, "".join(out), None


@every_exhibit
def test_an_exhibit_goes_wrong_for_real_as_it_does_in_plain_python(exhibit):
    run = ax.run(exhibit.source)
    _, printed, raised = plainly(exhibit.source)

    assert run.printed == printed
    assert (exhibit.name in STOPS) == (raised is not None) == (run.error is not None)
    if raised is not None:
        line, error = raised
        assert (line, type(error)) == STOPS[exhibit.name]
        assert (run.error.line, run.error.type) == (line, type(error).__name__)
        assert run.error.message == str(error)
        assert ax.cause_of(run.error) is not None


@every_exhibit
def test_the_diagnosis_finds_the_mistake_on_its_line_and_not_after_the_fix(exhibit):
    first, fixed = (
        next((f for f in ax.diagnose(ax.run(source)) if f.status != "arrived"), None)
        for source in (exhibit.source, exhibit.fixed)
    )

    assert (first.cause, first.line) == FINDINGS[exhibit.name]
    assert fixed is None or fixed.severity == "fact"
    assert (fixed is not None and fixed.cause == first.cause) == (exhibit.name in STAYS)


@every_exhibit
def test_its_fix_runs_to_the_end_and_changes_what_comes_out(exhibit):
    run = ax.run(exhibit.fixed)
    _, printed, raised = plainly(exhibit.fixed)

    assert raised is None and run.error is None
    assert run.printed == printed != plainly(exhibit.source)[1]


@every_exhibit
def test_the_question_offers_as_many_lines_whether_one_stops_the_program_or_none(exhibit):
    run = ax.run(exhibit.source)
    asked = quiz(run)

    *lines, none = asked.options
    statements = [text for text in exhibit.source.split("\n") if text and "import" not in text]
    assert none.label == "" and len(lines) == min(4, len(statements))
    assert [option.right for option in asked.options].count(True) == 1
    if exhibit.name in STOPS:
        assert asked.answer.label.startswith(f"{STOPS[exhibit.name][0]}: ")
    else:
        assert asked.answer is none
    reached = {statement.line for statement in run.statements}
    for option in lines:
        told = {True: "museum_runs", False: "museum_not_reached"}[option.facts["line"] in reached]
        assert option.right or option.why == told


@every_exhibit
def test_the_two_sides_are_the_two_programs_line_by_line(exhibit):
    rows = list(beside(exhibit))

    for side, source in ((0, exhibit.source), (1, exhibit.fixed)):
        lines = [row[side] for row in rows if row[side] is not None]
        assert lines == list(enumerate(source.rstrip("\n").split("\n"), start=1))
    assert any(row.changed for row in rows)
    for row in rows:
        same = row.before and row.after and row.before[1] == row.after[1]
        assert row.changed != bool(same)


def numbers(value):
    """As the words of an exhibit write them, from the tensor itself."""
    if value is None:
        return "None"
    if value.dim() == 0:
        number = value.item()
        return f"{0.0 if number == 0 else number:.4g}"
    return "[" + ", ".join(numbers(part) for part in value.detach()) + "]"


def expected(source):
    """What the words may name, from plain PyTorch."""
    scope, printed, _ = plainly(source)
    found = {"printed": printed.rstrip()}
    for name, value in scope.items():
        if isinstance(value, torch.Tensor):
            found[name] = numbers(value)
            found[f"{name}_grad"] = numbers(value.grad)
            if not value.is_inference():
                found[f"{name}_version"] = str(value._version)
        elif isinstance(value, int | float):
            found[name] = str(value)
    return found


@every_exhibit
@pytest.mark.parametrize("which", ["source", "fixed"])
def test_the_numbers_that_its_words_may_name_are_those_of_plain_pytorch(exhibit, which):
    source = getattr(exhibit, which)
    told = facts(ax.run(source))

    for name, value in expected(source).items():
        assert told[name] == value, name


def test_every_room_holds_programs_that_stop_and_programs_that_do_not():
    assert len({exhibit.name for exhibit in EXHIBITS}) == len(EXHIBITS) == len(FINDINGS)
    for room in ROOMS.values():
        assert {exhibit.name in STOPS for exhibit in room} == {True, False}


def test_a_card_that_only_prints_does_not_say_whether_the_program_was_stopped():
    printing = [exhibit for exhibit in EXHIBITS if ax.run(exhibit.source).printed]

    stopped = [exhibit for exhibit in printing if exhibit.name in STOPS]
    assert len(stopped) >= 5
    # Whatever says nothing at all has an error to show.
    assert {exhibit.name for exhibit in EXHIBITS if exhibit not in printing} <= set(STOPS)


def test_what_the_words_say_of_one_gradient_and_another_is_so():
    programs = {exhibit.name: exhibit for exhibit in EXHIBITS}

    def grads(name):
        exhibit = programs[name]
        return [plainly(source)[0]["w"].grad for source in (exhibit.source, exhibit.fixed)]

    cut, whole = grads("cut_by_item")
    assert torch.equal(whole, 2 * cut)
    added, one = grads("forgotten_zero_grad")
    assert torch.equal(added, 3 * one)
    w = torch.tensor([1.0, 2.0])
    cut, whole = grads("cut_by_data")
    assert torch.equal(cut, w**2) and torch.equal(whole, 3 * w**2)
    assert torch.equal(grads("second_backward")[1], 2 * w)
    leaf = plainly(programs["leaf_in_place"].fixed)[0]["w"]
    assert leaf.is_leaf and leaf.requires_grad
    printed = plainly(programs["fake_not_detached"].fixed)[1].split("\n")[0]
    assert printed != str(plainly(programs["fake_not_detached"].fixed)[0]["d"].grad)
