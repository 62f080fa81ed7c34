"""Drawings as they stand on a page: the address says what is chosen of them, and is told."""

from collections.abc import Callable, Collection, Sequence

import autograd_explorer as ax
from components import address, board, graph_view, heatmaps, program_view, timeline
from components.part import part
from components.question import Answers
from components.runs import once
from texts import Say


def show_graph(
    graph: ax.BackwardGraph,
    say: Say,
    key: str,
    *,
    compact: bool = False,
    shadow: str = "",
    answers: Answers | None = None,
    ends: graph_view.Shown | None = None,
) -> None:
    """A graph, with what is chosen of it; of one that is only a shadow nothing can be.

    answers  of an open question: to choose one of their nodes is to give one
    ends     a gradient's path to where something became of it
    """
    take = (lambda _: None) if shadow else address.take_selection
    graph_view.show_graph(
        graph,
        say,
        key,
        selection=None if shadow or answers else address.selection(),
        on_select=answers.take if answers else take,
        opened=address.opened(),
        layer=address.layer(),
        on_open=address.take_opened,
        present=address.presenting(),
        compact=compact,
        shadow=shadow,
        tags=answers.letters if answers else {},
        ends=ends,
    )


@part()
def show_timeline(
    run: ax.Run,
    graph: ax.BackwardGraph | None,
    say: Say,
    key: str,
    *,
    drawn_by: str | None = None,
    held: int | None = None,
) -> None:
    """The bar that plays a run; where the reader stands is in the address.

    graph  what is shown of the run
    """
    timeline.show_timeline(
        once(run, "timeline", lambda: timeline.built_of(run, graph, say), graph, say),
        key,
        drawn_by=drawn_by,
        held=held,
        at=address.moment(),
        fired=address.step(),
        on_moment=address.take_moment,
    )


def show_program(
    run: ax.Run,
    say: Say,
    key: str,
    *,
    striking: Collection[str] = (),
    matters: Collection[str] = (),
    bare: bool = False,
) -> None:
    program_view.show_program(
        run,
        say,
        key,
        selection=address.selection(),
        on_select=address.take_selection,
        striking=striking,
        matters=matters,
        bare=bare,
        told=None if bare else once(run, "told", lambda: program_view.told_of(run, say), say),
    )


def show_heatmaps(groups: Sequence[heatmaps.Group], say: Say, key: str) -> None:
    heatmaps.show_heatmaps(
        groups,
        say,
        key,
        selection=address.selection(),
        on_select=address.take_selection,
        enlarged=address.enlarged(),
        on_enlarge=address.take_enlarged,
    )


def drawn_when_opened(title: str, draw: Callable[[], object], *, unfold: bool = False) -> None:
    """A section that is drawn when the reader opens it; projected, it is on a slide and open."""
    board.drawn_when_opened(title, draw, unfold=unfold or address.presenting())
