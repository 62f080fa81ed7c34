"""Below a program that is played: what the node received that backward has come to, and what it
passed on."""

from typing import Any

import autograd_explorer as ax
from components.assets import register
from components.graph_view import build_steps
from components.part import part
from texts import Say

_mount = register("steps")


@part()
def show_steps(graph: ax.BackwardGraph, say: Say, key: str) -> None:
    """Say of each node what arrived, by which rule it was changed, and where it went."""
    _mount(key, build_panel(graph, say))


def build_panel(graph: ax.BackwardGraph, say: Say) -> dict[str, Any]:
    steps = {step["ids"][0]: step for step in build_steps(graph, say)["steps"]}
    return {"steps": steps, "before": say("before")}
