import subprocess
import sys

import pytest
from streamlit.testing.v1 import AppTest

import autograd_explorer as ax
import texts
from components import address
from components.address.packing import LONGEST, pack, unpack
from components.program_view import without_addresses as shown
from tests.core.reference import without_addresses
from tests.pages.reading import callouts, figures, html, html_of, payloads, printouts


def opened(**query):
    app = AppTest.from_file("../../app.py", default_timeout=30)
    for key, value in {"page": "playground", "lang": "en", **query}.items():
        app.query_params[key] = value
    return app.run()


def printed_by(source):
    done = subprocess.run(
        [sys.executable, "-"], input=source, capture_output=True, text=True, check=False
    )
    return done.stdout


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("example", address.EXAMPLES)
def test_every_example_opens_from_a_link_and_shows_what_it_did(lang, example):
    app = opened(lang=lang, example=example)

    assert not app.exception
    assert not app.warning
    run = ax.run(payloads(app)["editor"][0]["source"])
    assert shown(run.printed).rstrip("\n") in printouts(app)
    assert bool(run.error) == (example == "in_place")
    assert payloads(app)["graph_view"][0]["boxes"]


def test_a_program_in_the_address_is_the_one_that_runs():
    app = opened(code=pack("print(6 * 7)\n"))

    assert payloads(app)["editor"][0]["source"] == "print(6 * 7)\n"
    assert printouts(app)[0] == "42"
    assert "There is no graph" in " ".join(html(app))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    "source, kind, words",
    [
        ("import torch\ntorch.ones(2, requires_grad=True).backward()", "torch", "scalar outputs"),
        ("import os\nos.system('true')", "refused", "os.system"),
        ("while True: pass", "limit", "100,000"),
        ("x = = 1", "syntax", "invalid syntax"),
        ("print('`' * 3)\nraise ValueError('```')", "torch", "```"),
    ],
)
def test_a_failure_is_on_its_line_with_its_words(lang, source, kind, words):
    app = opened(lang=lang, code=pack(source))
    run = ax.run(source)

    assert not app.exception
    assert run.error.kind == kind
    ((callout, text),) = callouts(app)
    assert callout == "wrong" and words in text
    (told,) = payloads(app)["editor"][0]["told"]
    assert (told["line"], told["kind"]) == (run.error.line, "wrong")
    assert any(str(run.error.line) in text for text in html(app))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_kind_of_refusal_limit_and_cause_has_its_words(lang):
    import dataclasses

    import texts
    from autograd_explorer.explaining.error_causes import CAUSES
    from tests.core.hostile import PROGRAMS

    say = texts.for_page("errors", lang)
    limits = [field.name for field in dataclasses.fields(ax.Limits)]

    for limit in limits:
        assert say(f"limit_{limit}", subject="7")
    for cause, _ in CAUSES:
        assert say(f"cause_{cause}")
    for source in PROGRAMS[:250]:
        failure = ax.run(source, ax.Limits(seconds=1)).error
        if failure.kind == "refused":
            assert say(f"refused_{failure.key}", subject=failure.message)


@pytest.mark.parametrize("code", ["", "x", "AAAA", "é", "../..", "A" * 10_000, pack("x = 1")[:-4]])
def test_an_address_that_holds_no_program_is_named_and_the_page_works(code):
    app = opened(code=code)

    assert not app.exception
    assert "code" in app.warning[0].value
    assert payloads(app)["editor"][0]["example"] == "linear_layer"


def test_a_packed_bomb_is_no_program():
    import base64
    import zlib

    bomb = base64.urlsafe_b64encode(zlib.compress(b"#" * 50_000_000, 9)).decode().rstrip("=")

    assert unpack(bomb) is None


@pytest.mark.parametrize("source", ["", "x", "あ = 1\n", "print('\\n')\n" * 100])
def test_packing_brings_back_the_same_text(source):
    assert unpack(pack(source)) == source


def test_a_text_too_long_for_a_link_has_none():
    import random

    noise = "".join(random.Random(0).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=20_000))  # noqa: S311

    assert pack(f"# {noise}") is None
    assert len(pack("x = 1\n" * 5_000)) < LONGEST


@pytest.mark.parametrize("example", ["linear_layer", "custom_function", "rnn"])
def test_a_program_taken_away_prints_what_the_page_printed(example):
    source = payloads(opened(example=example))["editor"][0]["source"]
    printed = without_addresses(ax.run(source).printed)

    assert printed
    assert without_addresses(printed_by(source)) == printed


def test_one_of_several_passes_can_be_chosen():
    source = (
        "import torch\nw = torch.ones(1, requires_grad=True)\n"
        "for i in range(3):\n    loss = (w * i).sum()\n    loss.backward()"
    )
    app = opened(code=pack(source), **{"pass": "1"})

    assert payloads(app)["choice"][0]["chosen"] == 1
    reached = {link["gradient"] for link in payloads(app)["graph_view"][0]["links"]}
    assert reached - {None} == {"+1.0000"}  # of loss = w · 1; that of the first pass would be 0


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_graph_and_the_tensors_open_as_tables_with_all_their_rows(lang):
    app = opened(lang=lang, example="two_layer_mlp")
    assert not app.dataframe  # made when a reader asks for them
    run = ax.run(payloads(app)["editor"][0]["source"])
    graph = run.backwards[-1]

    app.session_state["open_nodes_edges"] = True
    app.session_state["open_tensors_gradients"] = True
    app.run()
    nodes, tensors = (table.value for table in app.dataframe)
    app.session_state["chosen_nodes_edges"] = "edges"
    app.run()
    edges = app.dataframe[0].value

    assert not app.exception
    assert [*nodes["name"]] == [node.name for node in graph.nodes]
    assert [*edges["source"]] == [edge.source for edge in graph.edges]
    shapes = {
        name: str(view.shape) for name, view in run.variables.items() if hasattr(view, "dtype")
    }
    assert dict(tensors["shape"]) == shapes

    app.session_state["chosen_tensors_gradients"] = "gradients"
    app.run()
    gradients = app.dataframe[1].value
    arrived = texts.for_page("diagnosis", lang)("status_arrived")
    assert dict(gradients["status"]) == dict.fromkeys(
        (leaf.name for leaf in run.reach.leaves), arrived
    )
    assert (gradients["grad_norm"] > 0).all()


def test_a_program_from_the_command_line_is_the_first_shown(tmp_path, monkeypatch):
    from components import local_file

    file = tmp_path / "mine.py"
    file.write_text("print('from a file')\n")
    monkeypatch.setattr(sys, "argv", ["app.py", "--program", str(file)])
    cached = local_file.options, local_file.local_program
    for one in cached:
        one.cache_clear()
    try:
        app = opened()
    finally:
        for one in cached:
            one.cache_clear()

    assert printouts(app)[0] == "from a file"


DRAWS = """import matplotlib.pyplot as plt
for i in range(14):
    plt.plot(range(6000), label="<b>loss</b>")
    plt.title("<script>alert(1)</script>")
    plt.legend()
    plt.quiver()
    plt.show()
"""


@pytest.mark.parametrize(
    "lang, words",
    [
        ("en", ["What it drew", "Figure 14", "6,000 points", "quiver", "14 figures"]),
        ("ja", ["プログラムが描いた図", "図14", "6,000点", "quiver", "14枚"]),
    ],
)
def test_what_a_program_draws_stands_below_what_it_printed(lang, words):
    app = opened(lang=lang, code=pack(DRAWS))

    assert not app.exception
    assert len(figures(app)) == 12
    everything = " ".join(html(app))
    for word in words:
        assert word in everything
    assert not any("<script" in part for part in html_of(app))
    assert sum('data-choose="line-7"' in part for part in html_of(app)) == 12


def test_a_program_that_draws_nothing_has_no_word_of_it():
    app = opened(code=pack("print(1)"))

    assert not figures(app)
    assert "What it drew" not in " ".join(html(app))
