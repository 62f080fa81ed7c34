"""A notebook's commands are passed over, and nothing else is."""

import pytest

import autograd_explorer as ax
from autograd_explorer.notebook_lines import skipped

NOTEBOOK = """\
%matplotlib inline
!pip install torchviz
import torch
x = torch.ones(1, requires_grad=True)
for _ in range(1):
    %time
y = x * 2
torch.ones?
y.backward()
print(x.grad)
"""


def test_a_notebook_runs_and_its_commands_are_named_on_their_lines():
    run = ax.run(NOTEBOOK)

    assert run.error is None
    assert run.printed == "tensor([2.])\n"
    heard = [(one.line, one.type, one.message) for one in run.warnings]
    assert heard == [
        (1, "IPython", "%matplotlib inline"),
        (2, "IPython", "!pip install torchviz"),
        (6, "IPython", "%time"),
        (8, "IPython", "torch.ones?"),
    ]


def test_a_diagnosis_reads_the_same_lines():
    run = ax.run(
        "%time\nimport torch\nx = torch.ones(1, requires_grad=True)\n"
        "w = torch.ones(1, requires_grad=True)\ny = x.detach() * 2 + w\ny.sum().backward()"
    )
    found = {one.name: (one.cause, one.line) for one in ax.diagnose(run)}

    assert found["x"] == ("cut_detach", 5)


def test_what_is_python_is_left_alone():
    run = ax.run("x = (7\n% 4)\nprint(x)\nprint('''\n%matplotlib\n''')")

    assert run.printed == "3\n\n%matplotlib\n\n"
    assert skipped("x = (7\n% 4)") == {}


@pytest.mark.parametrize("source", ["%matplotlib inline\nx = = 1", "x = (1\n%time"])
def test_a_syntax_error_is_told_as_it_is(source):
    with pytest.raises(SyntaxError) as plain:
        compile(source, "program.py", "exec")

    error = ax.run(source).error
    assert (error.kind, error.message, error.line) == (
        "syntax",
        plain.value.msg,
        plain.value.lineno,
    )
