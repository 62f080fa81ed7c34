"""The editor offers what a program can reach, and nothing else."""

import json

import pytest

import autograd_explorer as ax

MODULES = [name for name in ax.vocabulary() if name and name != "torch.Tensor"]


def test_it_is_small_enough_to_be_sent_with_a_page():
    sent = json.dumps({owner: " ".join(names) for owner, names in ax.vocabulary().items()})

    assert len(sent) < 40_000


@pytest.mark.parametrize(
    "owner", ["torch", "torch.nn", "torch.nn.functional", "torch.optim", "math"]
)
def test_a_program_can_reach_what_is_offered_of_a_module(owner):
    names = ax.vocabulary()[owner]
    lines = [f"    {owner}.{name}," for name in names]
    run = ax.run("\n".join([f"import {owner}", "found = [", *lines, "]", "print(len(found))"]))

    assert run.error is None
    assert run.printed == f"{len(names)}\n"


def test_every_module_that_is_offered_can_be_imported():
    run = ax.run("\n".join(f"import {name}" for name in MODULES))

    assert run.error is None


def test_what_is_offered_of_a_tensor_is_there_and_names_with_an_underscore_are_not():
    assert {"backward", "grad", "requires_grad_", "sum"} <= {*ax.vocabulary()["torch.Tensor"]}
    assert "print" in ax.vocabulary()[""] and "torch" in ax.vocabulary()[""]
    every = [name for names in ax.vocabulary().values() for name in names]
    assert not [name for name in every if name.startswith("_")]
