"""seen.save(): what the file holds is what PyTorch computed, and nothing of it can do harm."""

import base64
import json
import re
import subprocess
import sys
from html import unescape

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import autograd_explorer as ax
from components import assets
from components.saved import difference
from components.saved.cards import MOST_NUMBERS
from components.saved.one_script import bundle, modules_of
from components.saved.sources import names_of
from tests.harness.serving import ROOT
from tests.watching.saving import MODEL, NAME, SCRIPT, changed, data_of, seen_of

FILE = 2**40


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("program")
    with pytest.warns(UserWarning, match="onerror"):
        seen, left = seen_of(folder)
    path = folder / "step.html"
    seen.save(path)
    page = path.read_text(encoding="utf-8")
    return seen, left, page, data_of(page)


def numbers(matrix):
    kind = "<f8" if matrix.get("wide") else "<f4"
    values = np.frombuffer(base64.b64decode(matrix["values"]), kind)
    return values.reshape(matrix["rows"], matrix["cols"])


def parts_of(parts, kind):
    for part in parts:
        if isinstance(part, dict):
            inner = part.get("parts") or [one for column in part["columns"] for one in column]
            yield from parts_of(inner, kind)
        elif isinstance(part, list) and part[0] == kind:
            yield part[2]


def prose_of(parts):
    for part in parts:
        if isinstance(part, dict):
            inner = part.get("parts") or [one for column in part["columns"] for one in column]
            yield from prose_of(inner)
        elif isinstance(part, str):
            yield part


def test_the_card_of_each_leaf_has_the_gradient_that_pytorch_computed(saved):
    seen, left, _, data = saved
    cards = data["said"]["en"]["cards"]
    leaves = {node.tensor: node.id for node in seen.graph.nodes if node.kind == "leaf"}

    found = {name: p.grad for name, p in left.net.named_parameters() if p.grad is not None}
    assert {name.removeprefix("net.") for name in leaves} == set(found) != set()
    for name, gradient in found.items():
        card = cards[f"node-{leaves['net.' + name]}"]
        assert np.array_equal(numbers(card["upstream"][0]), np.atleast_2d(gradient.numpy()))


def test_every_node_and_edge_has_a_card_and_says_where_it_was_made(saved):
    seen, _, _, data = saved
    cards = data["said"]["en"]["cards"]

    assert {f"node-{node.id}" for node in seen.graph.nodes} | {
        f"edge-{edge.source}-{edge.slot}" for edge in seen.graph.edges
    } == cards.keys()
    line = MODEL.splitlines().index("        h = torch.tanh(self.first(x)) * self.gain.item()") + 1
    tanh = next(node.id for node in seen.graph.nodes if node.name == "TanhBackward0")
    assert cards[f"node-{tanh}"]["place"] == f"model.py, line {line} · net"
    addmm = [node.id for node in seen.graph.nodes if node.name == "AddmmBackward0"]
    assert [cards[f"node-{node}"]["place"].rpartition(" · ")[2] for node in addmm] == [
        "net.second", "net.first",
    ]  # fmt: skip


def test_the_lines_of_each_file_have_their_numbers_there(saved):
    _, _, _, data = saved
    train, model = parts_of(data["said"]["en"]["parts"], "program_view")

    assert (model["source"], model["first"]) == (MODEL.rstrip("\n"), 1)
    assert (train["source"], train["first"]) == (SCRIPT.rstrip("\n"), 1)
    assert (model["base"], train["base"]) == (FILE, 2 * FILE)  # this test's own file is the first
    recorded = [i for i, line in enumerate(train["lines"], 1) if "recorded" in line.get("is", ())]
    assert [SCRIPT.splitlines()[i - 1].strip() for i in recorded] == ["loss = out.pow(2).mean()"]
    assert any("added to net.second" in line.get("note", "") for line in train["lines"])


def test_the_timeline_records_in_the_order_of_the_run_and_fires_in_that_of_pytorch(saved):
    seen, _, _, data = saved
    (bar,) = parts_of(data["said"]["en"]["parts"], "timeline")

    drawn = [node for moment in bar["moments"] for node in moment.get("draws", ())]
    fired = [node for moment in bar["moments"] for node in moment.get("fired", ())]
    assert sorted(drawn) == list(range(len(seen.graph.nodes)))
    assert fired == list(seen.graph.order)
    at = {node: place for place, node in enumerate(drawn)}
    for edge in seen.graph.edges:
        if edge.target is not None:
            assert at[edge.target] < at[edge.source]
    assert bar["labels"]["files"][1:3] == ["model.py", NAME]
    lines = [moment["line"] for moment in bar["moments"] if moment.get("draws")]
    assert [line // FILE for line in lines] == [1, 1, 2]


def test_a_large_tensor_is_told_by_its_summary_and_no_equation_is_made_of_its_sample(tmp_path):
    seen, left = seen_of(
        tmp_path, "w = torch.randn(40, 50, requires_grad=True)\n(w * w).sum().backward()"
    )
    seen.save(tmp_path / "step.html")
    cards = data_of((tmp_path / "step.html").read_text())["said"]["en"]["cards"]
    mul = cards[next(f"node-{n.id}" for n in seen.graph.nodes if n.name == "MulBackward0")]

    assert "equations" not in mul and "upstream" not in mul
    told = mul["more"]["sends"]
    assert f"(40, 50): too large to be kept whole. Size (norm) {left.w.norm():.4g}" in told
    assert (
        f"smallest {left.w.min():.4g}, largest {left.w.max():.4g}; 0.0% of the elements are 0"
        in told
    )
    leaf = cards[next(f"node-{n.id}" for n in seen.graph.nodes if n.kind == "leaf")]
    assert f"Size (norm) {left.w.grad.norm():.4g}" in leaf["more"]["upstream"]
    graph = data_of((tmp_path / "step.html").read_text())["said"]["en"]["graph"]
    assert any(link["gradient"] and "(40, 50)" in link["gradient"] for link in graph["links"])


def test_the_table_counts_what_is_not_finite_in_all_of_a_large_gradient(tmp_path):
    script = """
w = torch.randn(40, 50, requires_grad=True)
factor = torch.ones(40, 50)
factor[:7, 3] = float("nan")
(w * factor).sum().backward()
"""
    seen, left = seen_of(tmp_path, script)
    (row,) = ax.gradients_frame(seen.told, seen.findings).itertuples()

    assert row.nonfinite_count == int(left.w.grad.isnan().sum()) == 7


def test_the_statements_of_a_pass_count_the_turns_of_a_line(tmp_path):
    script = "h = torch.ones(2, requires_grad=True)\nfor step in range(3):\n    h = h.sin() * 2\nh.sum().backward()"
    seen, _ = seen_of(tmp_path, script, "loop.py")
    told = [(seen.place(one.line)[1], one.turn) for one in seen.told.statements]

    assert told == [(3, 1), (3, 2), (3, 3), (4, 1), (4, 1)]
    ran = [seen.told.statements.index(one) for one in seen.told.statements if one.backwards]
    assert ran == [4]
    sines = [node for node in seen.told.graph.nodes if node.name == "SinBackward0"]
    assert sorted(seen.told.graph.recorded[node.id] for node in sines) == [0, 1, 2]


def test_500_nodes_with_their_numbers_take_less_than_two_megabytes(tmp_path):
    torch.manual_seed(0)
    net = torch.nn.Sequential(*[torch.nn.Linear(64, 64) for _ in range(125)])
    with ax.watch(whole=10_000) as seen:
        for _ in range(3):
            net(torch.randn(8, 64)).mean().backward()
    seen.save(tmp_path / "step.html")
    made = (tmp_path / "step.html").read_text()
    said = data_of(made)["said"]["en"]

    assert len(seen.graph.nodes) >= 500
    assert len(made) < 2_000_000
    sizes = [
        matrix["rows"] * matrix["cols"]
        for card in said["cards"].values()
        for matrix in [*card.get("upstream", ()), *card.get("sends", ())]
    ]
    assert 0 < sum(sizes) <= MOST_NUMBERS
    drawn = json.dumps(said["graph"])
    assert all(f'"node-{node.id}"' in drawn for node in seen.graph.nodes)
    passes = [number for number, _ in data_of(made)["passes"]]
    assert passes == [0, 2]  # one more would be too much


SEVERAL = """\
w = torch.tensor([1.0, 2.0], requires_grad=True)
got = []
for step in range(9):
    w.grad = None
    if step % 2:
        first = (w ** step).sum()
        first.backward()
    else:
        second = (w * step).exp().sum()
        second.backward()
    got.append(w.grad)
"""


def test_the_first_passes_and_the_last_are_there_each_with_its_own_numbers(tmp_path):
    seen, left = seen_of(tmp_path, SEVERAL, "train.py")
    seen.save(tmp_path / "step.html")
    data = data_of((tmp_path / "step.html").read_text())

    assert data["number"] == 8 and [number for number, _ in data["passes"]] == [0, 1, 2, 3, 4, 8]
    assert data["passes"][1][1] == {
        "en": "2: first, line 7 of train.py", "ja": "2回目：first（train.py の7行目）",
    }  # fmt: skip
    assert data["others"].keys() == {"0", "1", "2", "3", "4"}
    for number, other in data["others"].items():
        en = changed(data["said"]["en"], other["said"]["en"])
        graph = seen.graphs[int(number)]
        leaf = next(node.id for node in graph.nodes if node.kind == "leaf")
        arrived = numbers(en["cards"][f"node-{leaf}"]["upstream"][0])
        assert np.array_equal(arrived, left.got[int(number)].numpy()[None])
        assert f"This is number {int(number) + 1};" in en["parts"][0]
        assert f"これは{int(number) + 1}回目" in changed(en, other["said"]["ja"])["parts"][0]
        assert len(other["tables"]["nodes"].splitlines()) == len(graph.nodes) + 1
    assert [seen.of_pass(3).graph.nodes[i].name for i in (0, 1)] == ["SumBackward0", "PowBackward0"]
    assert seen.graph is seen.graphs[8] and seen.of_pass(3).told.graph is not seen.told.graph
    with pytest.raises(KeyError):
        seen.of_pass(6)


def test_without_a_pass_the_file_says_so(tmp_path):
    seen, _ = seen_of(tmp_path, "x = torch.ones(2)")
    seen.save(tmp_path / "step.html")
    said = data_of((tmp_path / "step.html").read_text())["said"]["en"]

    assert said["graph"] is None and said["cards"] == {}
    assert "No backward pass was kept" in said["parts"][0]


def test_an_error_and_a_finding_are_told_by_file_and_line(tmp_path):
    script = "out = Net()(torch.ones(2, 3))\nout.sum().item().backward()"
    caught = pytest.raises(AttributeError)
    with caught, ax.watch() as seen:
        for name, text in (("model.py", MODEL), ("train.py", script)):
            (tmp_path / name).write_text(text)
            exec(compile(text, str(tmp_path / name), "exec"), globals())  # noqa: S102
    seen.save(tmp_path / "step.html")
    said = data_of((tmp_path / "step.html").read_text())["said"]

    text = json.dumps(said["en"]["parts"])
    assert "<code>AttributeError</code> on line 2" in text
    assert str(tmp_path) not in text


# What a file may not do


def test_nothing_of_the_program_stands_in_the_file_as_html(saved):
    _, _, page, data = saved

    assert page.count("<script") == 1 and page.count("</script>") == 1
    assert "onerror" not in page.replace("&lt;img src=x onerror=alert(1)&gt;", "")
    html = [*prose_of(data["said"]["en"]["parts"]), *data["said"]["en"]["lines"].values()]
    assert sum("onerror" in text for text in html) >= 2  # the heading, the warning
    assert not any("<img" in text or "<script" in text or "</template" in text for text in html)


def test_no_folder_of_this_machine_is_told(saved, tmp_path_factory):
    _, _, page, data = saved
    told = page + json.dumps(data, ensure_ascii=False)

    assert str(tmp_path_factory.getbasetemp()) not in told


def test_the_policy_allows_the_one_script_and_no_request(saved):
    page = saved[2]
    policy = unescape(re.search(r'Security-Policy" content="([^"]*)"', page)[1])

    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert re.fullmatch(r"'sha256-[\w+/=]+'", rules["script-src"])
    assert not any(word in policy for word in ("http", "*", "unsafe-eval", "'self'"))


@pytest.mark.parametrize(
    "text", ["export let a = 1;\n", 'import "./b.js";\n', 'export * from "./b.js";\n',
             "const here = import.meta.url;\n", 'import main from "./main.js";\n'],
)  # fmt: skip
def test_a_module_in_another_form_is_an_error_not_a_broken_page(tmp_path, monkeypatch, text):
    (tmp_path / "main.js").write_text(text)
    monkeypatch.setattr("components.saved.one_script.STATIC", tmp_path)

    with pytest.raises(ValueError, match=r"main\.js"):
        bundle.__wrapped__("main.js")


def test_the_file_brings_the_modules_of_its_views_and_no_editor():
    names = modules_of("saved/main.js")

    assert len(names) == len(set(names))
    assert "graph_view/view.js" in names and "timeline/view.js" in names
    assert not any(name.startswith(("editor", "vendor")) for name in names)
    assert all((assets.STATIC / name).exists() for name in names)


leaves = st.none() | st.booleans() | st.integers() | st.text()
trees = st.recursive(
    leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(trees, trees)
def test_a_language_is_made_of_the_other_and_what_is_different(old, new):
    assert json.loads(json.dumps(changed(old, difference(old, new)))) == new
    assert changed({"a": [old, 1]}, difference({"a": [old, 1]}, {"a": [new, 1]})) == {"a": [new, 1]}


def test_files_are_called_as_briefly_as_tells_them_apart():
    files = ["/a/train.py", "/a/one/model.py", "/a/two/model.py", "/c/ipykernel_7/12.py"]

    names = names_of(files, "cell {}".format)

    assert list(names.values()) == ["train.py", "one/model.py", "two/model.py", "cell 1"]


# Without the app around it

ELSEWHERE = """
import sys

class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("streamlit", "plotly", "segno"):
            raise ImportError(name)

sys.meta_path.insert(0, Nothing())
import components, texts
import torch
import autograd_explorer as ax

w = torch.ones(3, requires_grad=True)
with ax.watch() as seen:
    (w * 2).log().sum().backward()
before = list(sys.path), {name for name in sys.modules if name.startswith(("components", "texts"))}
for _ in range(2):
    seen.save("step.html")
    after = list(sys.path), {n for n in sys.modules if n.startswith(("components", "texts"))}
    assert before == after
import components, texts
print(components.OWN, texts.OWN, sorted(seen._repr_mimebundle_()))
"""


def test_it_needs_no_streamlit_and_leaves_a_package_of_the_same_name_alone(tmp_path):
    (tmp_path / "components").mkdir()
    (tmp_path / "components" / "__init__.py").write_text("OWN = 1")
    (tmp_path / "texts.py").write_text("OWN = 2")
    (tmp_path / "train.py").write_text(ELSEWHERE)

    done = subprocess.run(
        [sys.executable, "train.py"], cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stdout == "1 2 ['text/html', 'text/plain']\n", done.stderr
    assert "LogBackward0" in json.dumps(data_of((tmp_path / "step.html").read_text()))


def test_another_ending_is_refused(saved, tmp_path):
    with pytest.raises(ValueError, match=r"step\.pdf: it is saved as \.html or as \.ipynb"):
        saved[0].save(tmp_path / "step.pdf")
    assert not list(tmp_path.iterdir())
