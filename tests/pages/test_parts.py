"""Each part of each page fails on purpose, and the rest of the page stands."""

import importlib

import pytest

import texts
from components import address
from tests.harness.serving import ROOT
from tests.pages.reading import everything_said, leaks_of, payloads, title
from tests.pages.test_forged import reports
from tests.pages.test_lessons import opened

PAGES = {
    "explorer": {"select": "cell-w.grad-0-0", "large": "w.grad"},
    "playground": {"example": "two_layer_mlp", "select": "node-2"},
    "museum": {"exhibit": "second_backward"},
    **{
        page: {}
        for page in (
            "gradient",
            "forward",
            "backward",
            "modes",
            "leaf",
            "life",
            "proofs",
            "vectors",
            "training",
            "deep",
        )
    },
}
# Everything that makes of a run what is drawn.
BUILDERS = (
    "components.graph_view.build_graph", "components.steps.build_steps",
    "components.timeline.build_timeline", "autograd_explorer.timeline", "components.node_card.build_node", "components.program_view.build_program",
    "components.heatmaps.build_group", "components.heatmaps.build_enlarged",
    "components.tables.build_tensors", "components.tables.build_grad_modes",
    "components.tables.build_modes", "components.tables.build_leaves",
    "components.tables.build_proof", "components.series.build_series",
    "components.descent.build_descent", "components.charts.build_surface",
    "components.product.build_group",
    "components.tables.build_quotients", "components.tables.build_written",
    "components.chain_rule.build_chain_rule", "components.probe.build_probe",
    "components.searching.build_columns", "components.tables.build_nodes", "components.tables.build_numbers",
    "components.prediction.build_prediction", "components.editor.build_told", "components.editor.build_program",
    "components.tensors.build_tensors", "components.charts.turns.build_turns", "components.charts.turns.turns_of", "autograd_explorer.prove",
    "autograd_explorer.cell_story", "autograd_explorer.explain", "autograd_explorer.cause_of", "autograd_explorer.course.backward.quiz", "autograd_explorer.course.gradient.quiz", "autograd_explorer.course.forward.quiz", "autograd_explorer.course.modes.quiz",
    "autograd_explorer.course.leaf.quiz", "autograd_explorer.course.life.quiz", "autograd_explorer.course.museum.quiz", "autograd_explorer.course.proofs.quiz",
    "autograd_explorer.course.vectors.quiz", "autograd_explorer.course.training.quiz", "autograd_explorer.course.deep.quiz",
    "autograd_explorer.diagnose", "components.findings.build_findings",
    "components.trail.build_trail", "autograd_explorer.course.museum.facts", "autograd_explorer.course.museum.beside",
)  # fmt: skip


class OnPurpose(Exception):
    pass


TELLING = (
    f'Traceback (most recent call last):\n  File "{ROOT}/boot.py", line 1, /home/site-packages'
)


def fail(*_, **__):
    raise OnPurpose(TELLING)


def parts_called(monkeypatch, open_page):
    """What of BUILDERS a page calls when it opens, and the page: no other part can fail there."""
    called = set()

    def telling(path, build):
        def inner(*args, **kwargs):
            called.add(path)
            return build(*args, **kwargs)

        return inner

    with monkeypatch.context() as patched:
        for path in BUILDERS:
            module, _, name = path.rpartition(".")
            patched.setattr(path, telling(path, getattr(importlib.import_module(module), name)))
        whole = open_page()
    return [path for path in BUILDERS if path in called], whole


def ways_on(app):
    """Every button but a question's answers, which go with a question that fails."""
    return [button for button in app.button if not (button.key or "").startswith("quiz-")]


@pytest.mark.expects_failed_parts
# The languages in turns: what differs between them is the sentence alone.
@pytest.mark.parametrize(
    ("page", "lang"), [(page, texts.LANGUAGES[i % 2]) for i, page in enumerate(PAGES)]
)
def test_the_rest_of_a_page_stands_whatever_part_of_it_fails(page, lang, monkeypatch, failed_parts):
    query = PAGES[page]
    paths, whole = parts_called(monkeypatch, lambda: opened(page, lang, **query))
    assert not whole.exception and not failed_parts()
    sentence = texts.for_page("frame", lang)("part_failed")
    count = 0
    for path in paths:
        before = len(failed_parts())
        with monkeypatch.context() as patched:
            patched.setattr(path, fail)
            app = opened(page, lang, **query)
        assert not app.exception, path
        fails = len(failed_parts()) - before
        if not fails:
            continue  # no part of this page
        count += 1
        said = everything_said(app)
        assert said.count(sentence) == fails, path
        assert not leaks_of(app), path
        assert len(payloads(app)) + fails > len(payloads(whole)) / 2, path
        # What stands before and behind the part: the title, and the way on.
        assert title(whole) in said
        assert len(ways_on(app)) == len(ways_on(whole)), path
    assert count >= 2


# What is no part of a page: the frame, the languages, the address.
FRAME = (
    "components.loader.build_frame", "components.page_language.set_page_language",
    "components.address.write_dials", "components.address.language", "texts.for_page",
)  # fmt: skip


@pytest.mark.thinned
@pytest.mark.parametrize("path", FRAME)
@pytest.mark.parametrize("page", PAGES)
def test_what_fails_outside_of_all_parts_is_told_without_details(page, path, monkeypatch):
    monkeypatch.setattr(path, fail)

    app = opened(page, "en", **PAGES[page])

    assert len(app.exception) == 1
    assert not leaks_of(app)


def test_a_choice_that_fails_is_told_without_details(monkeypatch):
    app = opened("playground", "en")
    monkeypatch.setattr("components.address.choose_example", fail)

    app._run(reports(app, "pane", ("report", ["editor", "example", "rnn"])))

    assert len(app.exception) == 1
    assert not leaks_of(app)


def test_there_is_a_test_for_every_lesson():
    assert set(address.LESSONS) <= set(PAGES)
