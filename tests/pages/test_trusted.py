"""A script that --trust was given for, on the Playground's page; and when it does not run."""

import time

import pytest

import texts
from components import local_file, trusted
from components.address.packing import pack
from tests.harness.trusting import command_line
from tests.pages.reading import callouts, html, html_of, payloads, printouts
from tests.pages.test_playground import opened

SCRIPT = """import sys
import decimal
import torch
open(sys.argv[1], "a").write("x")
w = torch.ones(2, requires_grad=True)
for i in range(9):
    loss = (w * w).sum()
    loss.backward()
print("printed", decimal.Decimal(1))
"""


@pytest.fixture
def script(tmp_path):
    """script(text, …): have it named on the command line of a server on this machine alone."""
    ran = tmp_path / "ran"
    with command_line() as name_it:

        def name(text=SCRIPT, *options, **changed):
            file = tmp_path / "mine.py"
            file.write_text(text, encoding="utf-8")
            name_it(file, *options, arguments=(str(ran),), **changed)
            return file

        name.times = lambda: len(ran.read_text()) if ran.exists() else 0
        yield name


def words(app):
    return " ".join(html(app))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_shows_what_the_script_did_as_real_python(lang, script):
    file = script()
    app = opened(lang=lang)

    assert not app.exception
    found = payloads(app)
    assert "editor" not in found
    (program,) = found["program_view"]
    assert program["source"] == SCRIPT
    assert program["lines"][6]["note"] == "2  ×9" and "recorded" in program["lines"][6]["is"]
    assert found["graph_view"][0]["boxes"] and found["timeline"]
    assert "printed 1" in printouts(app)
    assert file.name in words(app)
    options = found["choice"][0]["options"]
    say = texts.for_page("playground", lang)
    assert [text for _, text in options][1:] == [
        say("pass_number", number=n) for n in (1, 2, 3, 4, 5, 9)
    ]
    assert script.times() == 1


def test_it_runs_once_for_all_pages_and_again_on_the_button_alone(script):
    file = script()
    app = opened()
    opened(lang="ja")
    app.run()
    assert script.times() == 1

    file.write_text(SCRIPT + "print('and more')\n", encoding="utf-8")
    app.button("run_script_again").click()
    app.run()

    assert script.times() == 2
    assert payloads(app)["program_view"][0]["source"].endswith("'and more')\n")
    assert "printed 1\nand more" in printouts(app)


@pytest.mark.thinned
@pytest.mark.parametrize(
    "changed",
    [
        {"address": None},
        {"address": "0.0.0.0"},  # noqa: S104
        {"address": "::"},
        {"address": "192.168.1.5"},
        {"address": "localhost.example.org"},
        {"enableCORS": False},
    ],
    ids=str,
)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_where_others_might_reach_the_server_it_is_refused_with_a_word(lang, changed, script):
    script(SCRIPT, **changed)
    app = opened(lang=lang)

    assert script.times() == 0
    assert "--server.address localhost" in callouts(app)[0][1]
    assert payloads(app)["editor"][0]["source"] == SCRIPT
    assert trusted._scripts == []


def test_a_reader_from_elsewhere_is_refused(script, monkeypatch):
    script()

    assert local_file.may_run()
    monkeypatch.setattr(local_file, "address_of_reader", lambda: "192.168.1.9")
    assert not local_file.may_run()
    assert payloads(opened())["editor"] and script.times() == 0


def test_without_the_option_the_file_runs_as_any_program(script):
    script(SCRIPT, "--program-is-not-trusted")
    app = opened()

    assert script.times() == 0
    assert payloads(app)["editor"][0]["source"] == SCRIPT


@pytest.mark.parametrize("text", [SCRIPT, "print('other')"])
def test_no_address_has_anything_run_as_real_python(text, script):
    """Neither another program, nor the very text of the file."""
    script()
    app = opened(code=pack(text))

    assert script.times() == 0
    assert payloads(app)["editor"][0]["source"] == text
    assert texts.for_page("script", "en")("another").split(",")[0].split("`")[0] in words(app)


def test_no_key_of_the_address_says_what_runs_or_how(script):
    script()
    app = opened(program="/etc/passwd", trust="1", arguments="x", seconds="9")

    assert script.times() == 1
    assert payloads(app)["program_view"][0]["source"] == SCRIPT


@pytest.mark.thinned
@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    "text, key",
    [
        ("import os\nprint('so far')\nos._exit(3)\n", "ended_exit"),
        ("import os\nprint('so far')\nos.kill(os.getpid(), 11)\n", "ended_script_signal"),
        ("print('so far')\n1/0\n", "where_torch"),
    ],
)
def test_however_it_ends_the_page_says_so_with_what_it_printed(lang, text, key, script):
    script(text)
    app = opened(lang=lang)
    say = texts.for_page("errors", lang)

    begin = say(key).split("{")[0] or say(key).rpartition("}")[2]
    assert begin.split("`")[0][:12] in words(app) + " ".join(text for _, text in callouts(app))
    assert any(printed.startswith("so far") for printed in printouts(app))


def test_one_that_takes_too_long_is_stopped(script):
    script("import time\nprint('so far')\ntime.sleep(600)\n", "--trust", "--seconds", "3")
    app = opened()

    assert any("3 seconds" in told for _, told in callouts(app))
    assert printouts(app)[0].startswith("so far")


def test_a_mistake_is_told_and_no_button_would_change_the_file(script):
    script(
        "import torch\nw = torch.ones(2, requires_grad=True)\nwith torch.no_grad():\n    y = w * 2\n"
        "v = torch.ones(2, requires_grad=True)\n(y * v).sum().backward()\nprint(w.grad)\n"
    )
    app = opened()
    told = " ".join(html_of(app))

    assert texts.for_page("diagnosis", "en")("status_none") in told
    assert 'data-choose="line-3"' in told and "cure-" not in told
    file = opened(code=pack(local_file.local_program()))
    assert "cure-" in " ".join(html_of(file))  # which a program in the address has


def test_what_is_told_of_other_files_stands_there_and_breaks_nothing(script, tmp_path):
    (tmp_path / "model.py").write_text(
        "import torch\n\n\nclass Net(torch.nn.Module):\n    def __init__(self):\n"
        "        super().__init__()\n        self.a = torch.nn.Parameter(torch.ones(1))\n"
        "        self.b = torch.nn.Parameter(torch.ones(1))\n\n"
        "    def forward(self, x):\n        return (self.a * x).sum() + self.b.item()\n"
    )
    script("import model\nnet = model.Net()\nnet(1.0).backward()\nprint('end')\n")
    app = opened()

    assert not app.exception
    assert payloads(app)["graph_view"][0]["boxes"]
    assert "end" in printouts(app)


def test_the_environment_is_as_it_was_before_the_app(monkeypatch):
    for before, after in (("3", "3"), ("", None)):
        monkeypatch.setenv("AUTOGRAD_EXPLORER_OMP_NUM_THREADS", before)
        monkeypatch.setenv("OMP_NUM_THREADS", "1")
        found = trusted._environment()
        assert found.get("OMP_NUM_THREADS") == after
        assert "AUTOGRAD_EXPLORER_OMP_NUM_THREADS" not in found


def test_stop_is_for_the_one_that_runs(script):
    script("import time\nprint('so far')\ntime.sleep(600)\n")
    mine = trusted.trusted()
    execution = mine.latest()
    mine.again()
    assert mine.latest() is execution
    deadline = time.monotonic() + 60
    while not execution.progress.printed:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    mine.stop()

    assert execution.over.wait(30)
    assert execution.watched.run.error.key == "stopped"
