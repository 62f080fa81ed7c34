import json
import re

import pytest
from streamlit.testing.v1 import AppTest

import texts
from tests.pages.reading import callouts, html, payloads, row_of, title
from tests.pages.test_forged import reports

DIAL, PROGRAM, LOSS, GRADIENTS, GRAPH = "dials", "program", "loss", "gradients", "graph"


def opened(**query):
    app = AppTest.from_file("../../app.py", default_timeout=30)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def values(app):
    return payloads(app)["dials"][0]["values"]


@pytest.mark.parametrize(
    "lang, wanted",
    [
        ("en", "Watch loss.backward() find the gradients"),
        ("ja", "loss.backward() が勾配を求めるしくみ"),
    ],
)
def test_the_first_paint_shows_the_tutorials_numbers(lang, wanted):
    app = opened(lang=lang)
    shown = payloads(app)

    assert not app.exception and not app.warning and not callouts(app)
    assert title(app) == wanted
    assert shown["prediction"][0]["loss"] == "2.2493"
    assert "[0.3313, 0.0626, 0.2530]" in " ".join(html(app))
    assert len(shown["graph_view"][0]["boxes"]) == 8
    assert shown["probe"][0]["loss"] == shown["glance"][0]["loss"] == "2.2493"
    names = [[m["name"] for m in group["matrices"]] for group in shown["heatmaps"][0]["groups"]]
    assert names == [["x"], ["w", "b"], ["w.grad", "b.grad"]]
    assert shown["loader"][0]["language"] == lang


def test_a_shared_link_brings_back_every_dial():
    app = opened(
        lang="en", n_in="7", n_out="2", seed="2782469188", x="ramp", y="alternating", recording="on"
    )

    assert not app.warning
    assert values(app) == {
        "n_in": 7, "n_out": 2, "seed": 2782469188, "x": "ramp", "y": "alternating", "recording": True,
    }  # fmt: skip
    assert any("w.grad is x[i] × b.grad" in text for text in html(app))


def test_the_caption_explains_identical_rows():
    app = opened(lang="en", seed="2782469188")

    assert any("all 5 rows are the same as b.grad" in text for text in html(app))
    assert "0.1518, 0.0519, 0.0011" in " ".join(html(app))
    assert payloads(app)["prediction"][0]["loss"] == "0.2601"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_with_recording_off_the_graph_is_gone_and_pytorch_says_why(lang):
    app = opened(lang=lang, recording="off", select="node-1")
    shown = payloads(app)

    assert not app.exception
    (graph,) = shown["graph_view"]
    assert graph["shadow"] == texts.for_page("explorer", lang)("not_recording")
    assert graph["selection"] == "" and not shown.get("node_card")
    assert callouts(app) == [
        ("wrong", "element 0 of tensors does not require grad and does not have a grad_fn")
    ]
    gradients = shown["heatmaps"][0]["groups"][2]["matrices"]
    assert [matrix["values"] for matrix in gradients] == [None, None]
    assert row_of(app, "z.requires_grad")[1:] == ["True", "False"]
    assert row_of(app, "z.grad_fn")[1:] == ["AddBackward0", "None"]


@pytest.mark.thinned
@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    "key, given, allowed",
    [
        ("n_in", "0", "1–64"),
        ("n_in", "1e9", "1–64"),
        ("n_in", "65", "1–64"),
        ("n_in", "", "1–64"),
        ("n_in", "５", "1–64"),
        ("n_out", "-1", "1–64"),
        ("n_out", "3.0", "1–64"),
        ("seed", "abc", "0–4294967295"),
        ("seed", "4294967296", "0–4294967295"),
        ("seed", "9" * 5000, "0–4294967295"),
        ("x", "<script>", "ones, ramp, normal"),
        ("x", "`](x)![a](b)", "ones, ramp, normal"),
        ("y", "ramp", "zeros, ones, alternating"),
        ("recording", "maybe", "on, off"),
        ("lang", "fr", "ja, en"),
        ("page", "nowhere", "explorer, lessons"),
        ("select", "node-x", "node-0"),
        ("step", "-1", "0–999999"),
        ("layer", "1e3", "0–999999"),
        ("enlarged", "q", "w, b, w.grad, b.grad"),
        ("changes", "w_0_0", "w_2_0_1.5"),
        ("changes", "w_5_0_1", "w_2_0_1.5"),
        ("lr", "2", "0.01, 0.1, 0.5, 1, 3, 10"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed_and_the_page_works(lang, key, given, allowed):
    app = opened(**({"lang": lang} | {key: given}))

    (warning,) = app.warning
    assert not app.exception
    assert f"`{key}`" in warning.value or f"`{key}=" in warning.value
    assert allowed in warning.value
    assert len(warning.value) < 250
    assert warning.value.count("`") % 2 == 0
    assert payloads(app)["prediction"][0]["loss"] == "2.2493"


def test_a_repeated_key_is_complained_of_and_the_page_works():
    app = opened(lang="en", n_in=["3", "4"])

    (warning,) = app.warning
    assert "`n_in` 2 times" in warning.value and "1–64" in warning.value
    assert values(app)["n_in"] == 5


def test_several_bad_values_each_get_a_message_and_good_ones_are_followed():
    app = opened(lang="en", n_in="0", seed="abc", x="?", n_out="4")

    assert len(app.warning) == 3
    assert values(app)["n_out"] == 4


@pytest.mark.thinned
@pytest.mark.parametrize("n_in, n_out", [("1", "1"), ("64", "64"), ("1", "64"), ("64", "1")])
@pytest.mark.parametrize("x", ["ones", "ramp", "normal"])
def test_every_corner_of_the_dials_makes_a_page(n_in, n_out, x):
    for recording in ("on", "off"):
        app = opened(lang="ja", n_in=n_in, n_out=n_out, x=x, y="alternating", recording=recording)

        assert not app.exception and not app.warning


@pytest.mark.parametrize("name", ["w", "b", "w.grad", "b.grad"])
def test_a_matrix_can_be_enlarged_from_a_link(name):
    app = opened(lang="en", enlarged=name)

    (chart,) = app.get("plotly_chart")
    trace = json.loads(chart.proto.spec)["data"][0]
    assert trace["zmin"] == -trace["zmax"]


def test_the_numbers_of_an_enlarged_matrix_open_as_a_table():
    app = opened(lang="en", enlarged="w.grad")
    app.session_state["open_numbers"] = True

    app.run()

    (table,) = app.dataframe
    assert table.value.shape == (5, 3)


def test_enlarging_what_recording_off_does_not_have_shows_nothing():
    app = opened(lang="en", enlarged="w.grad", recording="off")

    assert not app.exception
    assert not app.get("plotly_chart")


def test_switching_the_language_writes_the_address_and_every_word():
    app = opened(lang="en", seed="7")

    app._run(reports(app, "header", ("language", "ja")))

    assert app.query_params["lang"] == "ja"
    assert "seed" in app.query_params
    assert title(app) == "loss.backward() が勾配を求めるしくみ"


def test_measuring_shows_a_ratio():
    app = opened(lang="en")

    app.button[0].click().run()

    assert any("times as long" in text for text in html(app))


def test_the_address_and_not_the_session_decides():
    app = opened(lang="en", n_in="9")

    app.query_params["n_in"] = "11"
    app.run()

    assert values(app)["n_in"] == 11


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    "select",
    [
        "node-0",
        "node-4",
        "node-5",
        "node-99",
        "edge-0-0",
        "edge-0-1",
        "edge-9-9",
        "line-9",
        "line-1",
    ],
)
def test_any_selection_makes_a_page(lang, select):
    app = opened(lang=lang, select=select)

    assert not app.exception and not app.warning
    cards = payloads(app).get("node_card", [])
    assert len(cards) == (select in ("node-0", "node-4", "node-5", "edge-0-0", "edge-0-1"))


def test_a_cells_story_multiplies_to_its_value():
    app = opened(lang="en", select="cell-w.grad-1-2", x="ramp")

    (check,) = [text for text in html(app) if "The product is" in text]
    product, sent = re.search(r"The product is (\S+)\. .*? = (\S+) \(difference", check).groups()
    assert abs(float(product) - float(sent)) < 1e-7
    assert any("4 MmBackward0: × 0.4" in text for text in html(app))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_lesson_steps_through_the_same_run(lang):
    app = opened(lang=lang, page="backward", step="3", n_in="4", done="backward")
    shown = payloads(app)

    assert not app.exception and not app.warning
    assert len(shown["steps"][0]["steps"]) == 8
    (line,) = shown["timeline"]
    assert line["moments"][line["at"]]["fired"] == [int([*shown["steps"][0]["steps"]][2][5:])]
    assert values(app)["n_in"] == 4
    assert not opened(lang=lang, page="backward", recording="off").exception


def test_going_to_another_page_takes_the_dials_along_and_leaves_the_selection():
    app = opened(lang="en", n_in="9", select="node-0")

    app._run(reports(app, "header", ("go", "lessons")))

    assert "cards" in payloads(app)
    assert app.query_params["n_in"] in ("9", ["9"])
    assert "select" not in app.query_params
