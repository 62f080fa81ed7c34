"""A cure is a change of the line that a finding names, and a run of the new program shows that it
helps."""

import ast
import json
from pathlib import Path

import pytest

import autograd_explorer as ax
from autograd_explorer import Finding, cured, diagnose
from autograd_explorer.course.museum import EXHIBITS

pytestmark = pytest.mark.filterwarnings("always")
CASES = json.loads(Path("tests/forum/cases.json").read_text())
PROGRAMS = {case["file"]: Path("tests/forum", case["file"]).read_text() for case in CASES} | {
    exhibit.name: exhibit.source for exhibit in EXHIBITS
}


def offers(source):
    for finding in diagnose(ax.run(source)):
        new = cured(source, finding)
        if new is not None:
            yield finding, new


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_program_with_the_cure_applied_no_longer_has_the_finding(name):
    source = PROGRAMS[name]
    for finding, new in offers(source):
        ast.parse(new)
        after = ax.run(new)
        left = {(one.cause, one.line) for one in diagnose(after)}
        assert (finding.cause, finding.line) not in left, new
        assert after.error is None, (after.error, new)


# Each way to write a mistake that the edits know, and what becomes of its line.
LINES = [
    ("cut_item", "y = float(w) * 2", "y = w * 2"),
    ("cut_item", "y = (w * 2).item() + w.item()", "y = (w * 2) + w"),
    ("flat_operation", "y = torch.round(w) * 2", "y = (w + (torch.round(w) - w).detach()) * 2"),
    ("infinite_slope", "y = (w * 2).sqrt() + w ** 0.5", "y = (w * 2 + 1e-12).sqrt() + (w + 1e-12) ** 0.5"),
    ("cut_data", "y = w.data * 2  # é", "y = w * 2  # é"),
    ("cut_new_tensor", "y = torch.tensor([w, w])", "y = torch.stack([w, w])"),
    ("cut_new_tensor", "y = torch.tensor(w * 2)", "y = w * 2"),
    ("cut_no_grad", "with torch.no_grad():\n    y = w * 2", "with torch.enable_grad():\n    y = w * 2"),
    ("cut_no_grad", "@torch.no_grad()\ndef f():\n    pass", None),
    ("leaf_without_a_name", "w = torch.ones(2, requires_grad=True) * 0.1",
     "w = (torch.ones(2) * 0.1).requires_grad_()"),
    ("leaf_without_a_name", "w = torch.ones(2, requires_grad=True).view(2, 1)",
     "w = (torch.ones(2).view(2, 1)).requires_grad_()"),
    ("not_a_leaf", "w = v * 2", "w = v * 2\nw.retain_grad()"),
    ("name_rebound", "w = w - 0.1 * w.grad",
     "with torch.no_grad():\n    w -= 0.1 * w.grad"),
    ("name_rebound", "with torch.no_grad(): w = w - w.grad", "with torch.no_grad(): w -= w.grad"),
    ("name_rebound", "w = w.detach()", None),
    ("in_a_plain_list", "self.hidden = [nn.Linear(2, 2)]", "self.hidden = nn.ModuleList([nn.Linear(2, 2)])"),
    ("iterator_used_up", "ps = net.parameters()", "ps = list(net.parameters())"),
    ("modified_in_place", "w.mul_(2)", "w = w.mul(2)"),
    ("modified_in_place", "w[0] = 2", None),
    ("kept_graphs", "kept.append(w * 2)", "kept.append((w * 2).detach())"),
    ("drawn", "y = torch.distributions.Normal(w, 1.0).sample()",
     "y = torch.distributions.Normal(w, 1.0).rsample()"),
    ("unused", "y = w * 2", None),
]  # fmt: skip


@pytest.mark.parametrize(("cause", "line", "expected"), LINES)
def test_an_edit_changes_what_it_has_to_and_no_more(cause, line, expected):
    before, after = "import torch\n# 日本語\n", "\nprint(1)  # stays\n"

    new = cured(before + line + after, Finding("w", "none", "alarm", cause, 3))

    assert new == (None if expected is None else before + expected + after)


@pytest.mark.parametrize("source", ["(", "x = 1", ""])
def test_a_line_that_is_not_there_has_no_cure(source):
    assert cured(source, Finding("w", "none", "alarm", "cut_item", 7)) is None
