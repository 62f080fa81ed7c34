"""Sentences about a run say what that run did."""

import pytest
import torch

import texts
from components.address.packing import pack
from tests.pages.reading import as_read, everything_said, payloads
from tests.pages.test_playground import opened

START = "import torch\nw = torch.tensor([2.0, 3.0], requires_grad=True)\n"


def played(source, **query):
    app = opened(code=pack(source), **query)
    assert not app.exception
    return app


def say(key, **facts):
    return as_read(texts.for_page("playground", "en")(key, **facts))


@pytest.mark.parametrize(
    "program, words",
    [
        ("loss = (w ** 2).sum()\n", "graph_forward_only"),
        ("loss = (w ** 2).sum()\nloss.backward()\n", "graph_note"),
        ("x = w * 1\nloss = (x ** 2).sum()\nx += 1\nloss.backward()\n", "graph_stopped"),
    ],
)
def test_what_is_said_of_a_graph_is_what_became_of_it(program, words):
    said = everything_said(played(START + program))
    others = {"graph_forward_only", "graph_note", "graph_stopped", "graph_freed"} - {words}

    assert say(words, bytes=8) in said
    assert not any(say(other, bytes=8) in said for other in others)


STATE_READ_AGAIN = (
    "import torch\nw = torch.tensor([0.5, 0.1], requires_grad=True)\nstate = torch.zeros(2)\n"
    "for i in range(3):\n    state = torch.tanh(w * state + 1)\nloss = state.sum()\n"
    "loss.backward()\nstate = state * 1\n"
)


def test_where_backward_ran_its_gradients_are_shown_and_the_other_graph_is_a_choice_away():
    app = played(STATE_READ_AGAIN)
    assert "really passed on" in everything_said(app)
    assert payloads(app)["choice"][0]["chosen"] == 0

    app = played(STATE_READ_AGAIN, **{"pass": "last"})
    assert say("graph_freed") in everything_said(app)
    assert payloads(app)["choice"][0]["chosen"] == -1


def test_autograd_grad_is_not_said_to_fill_anything():
    captured = played(
        START + "loss = (w ** 2).sum()\ng, = torch.autograd.grad(loss, w)\n", select="node-2"
    )
    filled = played(START + "loss = (w ** 2).sum()\nloss.backward()\n", select="node-2")

    for app, fills in ((captured, False), (filled, True)):
        (program,) = payloads(app)["editor"]
        notes = " ".join(line.get("note", "") for line in program["lines"])
        assert ("added to w.grad" in notes) is fills
        (card,) = payloads(app)["node_card"]
        assert ("returns the gradient" in card["note"]) is not fills


@pytest.mark.parametrize(
    "program, filled",
    [
        ("z = w * 2\nz.retain_grad()\nz.sum().backward()\n", "w.grad, z.grad"),
        ("z = w * 2\nz.retain_grad()\ng = torch.autograd.grad(z.sum(), w)\n", "z.grad"),
        ("v = torch.ones(2, requires_grad=True)\n(w * v).sum().backward(inputs=[w])\n", "w.grad"),
        ("d = {0: torch.ones(2, requires_grad=True)}\n(w * d[0]).sum().backward()\n", "w.grad"),
    ],
)
def test_what_was_added_to_is_what_has_a_gradient_now(program, filled):
    (view,) = payloads(played(START + program))["editor"]
    scope = {}
    exec(START + program, scope)  # noqa: S102
    tensors = {name: value for name, value in scope.items() if isinstance(value, torch.Tensor)}
    has = [
        name for name, t in tensors.items() if (t.is_leaf or t.retains_grad) and t.grad is not None
    ]

    assert f"added to {filled}" in view["lines"][-1]["note"]
    assert sorted(filled.split(", ")) == sorted(f"{name}.grad" for name in has)
    assert ("1 unnamed" in view["lines"][-1]["note"]) is ("d" in scope)


def test_a_graph_that_only_a_list_holds_is_shown():
    app = played(START + "kept = []\nfor i in range(3):\n    kept.append((w * i).sum())\n")

    assert say("graph_none") not in everything_said(app)
    assert payloads(app)["graph_view"]


def test_memory_that_several_nodes_refer_to_is_counted_once():
    said = everything_said(played(START + "loss = (w * w).sum()\n"))

    assert say("graph_forward_only", bytes=8) in said


def test_a_warning_is_shown_on_its_line_and_in_full_beside_the_program():
    app = played(
        "import torch\nw = torch.ones(2, requires_grad=True) * 2\nw.sum().backward()\nprint(w.grad)\n"
    )

    (program,) = payloads(app)["editor"]
    (told,) = [one for one in program["told"] if one["kind"] == "beware"]
    assert told["line"] == 4
    assert told["text"].startswith("UserWarning: ") and len(told["text"]) <= 120
    assert "⚠ UserWarning" in program["lines"][3]["note"]
    said = everything_said(app)
    assert say("warned", line=4, type="`UserWarning`").split(":")[0] in said
    assert "is not a leaf Tensor is being accessed" in said
