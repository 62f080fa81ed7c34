"""The package: the engine works where Streamlit is not, and inside it lies the app, which a command
starts."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import time
import tomllib
import urllib.request
import zipfile
from pathlib import Path

import pytest

from autograd_explorer import command
from tests.harness.serving import free_port

ROOT = Path(__file__).parent.parent
PROGRAM = """
import sys

class NoStreamlit:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("streamlit", "plotly", "segno"):
            raise ImportError(name)

sys.meta_path.insert(0, NoStreamlit())
import torch
import autograd_explorer as ax

w = torch.ones(2, 3, requires_grad=True)
loss = (w * 2).exp().mean()
frame = ax.trace_backward(loss).nodes_frame()
print(ax.__file__)
print(",".join(frame["name"]))
print(ax.run(ax.Problem().source).printed.split()[0])

with ax.watch() as seen:
    (w * 2).exp().mean().backward()
seen.save("step.html")
"""


BUILD = "import sys; from hatchling.build import build_sdist; print(build_sdist(sys.argv[1]))"


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sdist")
    command = [sys.executable, "-c", BUILD, folder]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return folder / done.stdout.strip()


@pytest.fixture(scope="module")
def wheel(sdist, tmp_path_factory):
    """Built from the sdist, as an installer would that finds no wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = "pip wheel --quiet --no-deps --no-build-isolation --disable-pip-version-check -w"
    subprocess.run([sys.executable, "-m", *command.split(), folder, sdist], check=True, cwd=folder)
    (made,) = folder.glob("autograd_explorer-*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment with the wheel, which borrows all other packages from this one."""
    folder = tmp_path_factory.mktemp("env")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    command = f"pip --python {folder}/bin/python install --quiet --no-deps --no-index"
    command += " --disable-pip-version-check"
    subprocess.run([sys.executable, "-m", *command.split(), wheel], check=True, cwd=folder)
    return folder


def test_the_wheel_holds_the_engine_and_inside_it_the_app(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())

    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"autograd_explorer"}
    assert set(tracked("autograd_explorer/")) <= names
    app = {
        path
        for path in tracked(
            "app.py", "boot.py", "components/", "pages/", "static/", "texts/", ".streamlit/"
        )
        if not path.endswith((".d.ts", ".mjs"))
    }
    assert len(app) > 200
    inside = {n.removeprefix("autograd_explorer/_app/") for n in names if "/_app/" in n}
    assert inside == app


def test_the_sdist_holds_what_the_wheel_is_made_of_and_no_tests(sdist):
    with tarfile.open(sdist) as made:
        names = made.getnames()

    tops = {name.split("/")[1] for name in names if "/" in name}
    assert {"autograd_explorer", "app.py", "texts", "README.md", "pyproject.toml"} <= tops
    assert not tops & {"tests", "benchmarks", "node_modules", ".venv", "deploy"}


def tracked(*paths):
    """The files of the repository in these places."""
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *paths],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.split()


def test_the_command_starts_the_app_from_any_folder(installed, tmp_path):
    port = free_port()
    file = tmp_path / "mine.py"
    file.write_text("print('mine')\n")
    options = f"--server.port={port} --server.headless=true --server.scriptHealthCheckEnabled=true"
    command = [
        installed / "bin" / "autograd-explorer",
        *options.split(),
        "--program",
        "mine.py",
        "--trust",
    ]
    with (tmp_path / "log").open("w+") as log:
        server = subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=subprocess.STDOUT)
        try:
            deadline = time.monotonic() + 90
            while not answers(port, "/_stcore/health"):
                assert time.monotonic() < deadline and server.poll() is None, (
                    tmp_path / "log"
                ).read_text()
                time.sleep(0.1)
            assert answers(port, "/_stcore/script-health-check")
            assert answers(port, "/app/static/main.js")
            line = (
                Path(f"/proc/{server.pid}/cmdline").read_text() if sys.platform == "linux" else ""
            )
            assert not line or "--server.address\0localhost" in line
        finally:
            server.kill()
            server.wait()
    log = (tmp_path / "log").read_text()
    assert "Traceback" not in log, log


def answers(port, path):
    try:
        with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=60) as answer:
            return answer.status == 200
    except OSError:
        return False


APP = str(ROOT / "app.py")


@pytest.mark.parametrize(
    "given, expected",
    [
        ("", ""),
        ("--server.port 80", "--server.port 80"),
        ("--program a.py", "-- --program a.py"),
        ("--server.port 80 -- --program a.py", "--server.port 80 -- --program a.py"),
        ("--program a.py --trust", "--server.address localhost -- --program a.py --trust"),
        (
            "--program a.py --trust -- --rate 1",
            "--server.address localhost -- --program a.py --trust -- --rate 1",
        ),
        ("--program a.py -- --trust", "-- --program a.py -- --trust"),
        (
            "--program a.py --server.port 80 --seconds 9 --browser.x=1 -- --server.port 1",
            "--server.port 80 --browser.x=1 -- --program a.py --seconds 9 -- --server.port 1",
        ),
        (
            "--server.address=::1 --program a.py --trust",
            "--server.address=::1 -- --program a.py --trust",
        ),
    ],
)
def test_the_command_hands_on_what_streamlit_takes_and_what_the_app_takes(given, expected):
    line = command.command(given.split())

    assert line == [sys.executable, "-m", "streamlit", "run", APP, *expected.split()]


def test_without_what_the_app_needs_the_command_says_what_to_install(monkeypatch):
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "streamlit" else 1)
    monkeypatch.setattr(sys, "argv", ["autograd-explorer"])

    with pytest.raises(SystemExit, match=r"pip install 'autograd-explorer\[app\]'"):
        command.main()


def test_the_command_says_how_it_is_used(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["autograd-explorer", "--help"])
    command.main()

    assert "--program train.py --trust" in capsys.readouterr().out


def test_what_the_app_needs_is_what_the_extra_brings():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    brought = {re.match(r"\w+", one)[0].lower() for one in project["optional-dependencies"]["app"]}
    engine = {re.match(r"\w+", one)[0].lower() for one in project["dependencies"]}
    required = re.findall(r"^(\w+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)

    assert {name.lower() for name in required} == brought | engine
    of_readers = {"einops"}  # for their programs; the app starts without it
    assert set(command._NEEDED) == brought - engine - of_readers


def test_it_works_in_a_folder_elsewhere_without_streamlit(wheel, tmp_path):
    site = tmp_path / "site"
    shutil.unpack_archive(wheel, site, "zip")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    where, names, printed = done.stdout.split()
    assert Path(where).is_relative_to(site)
    assert names == "MeanBackward0,ExpBackward0,MulBackward0,AccumulateGrad"
    assert printed == "True"
    assert "<title>" in (tmp_path / "step.html").read_text(encoding="utf-8")


def others(what, *commands):
    done = subprocess.run(
        [ROOT / ".ci" / f"other-{what}"],
        env={**os.environ, f"OTHER_{what.upper()}": " ".join(map(str, commands))},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_engine_starts_with_a_numpy_that_has_dropped_a_name():
    source = "import numpy as np; np.row_stack([[1]])"
    program = f"""
import numpy
del numpy.row_stack
import autograd_explorer as ax
error = ax.run({source!r}).error
print(error.line, error.message)
"""
    command_line = [sys.executable, "-W", "ignore", "-c", program]
    done = subprocess.run(command_line, cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "1 module 'numpy' has no attribute 'row_stack'\n"


def test_where_no_other_python_is_found_or_ready_that_is_said(tmp_path):
    empty = tmp_path / "empty"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", empty], check=True)

    assert others("pythons", "no-such-python") == "Other Pythons: none found\n"
    assert "is not tested: ModuleNotFoundError" in others("pythons", empty / "bin" / "python")
    told = others("torches", empty / "bin" / "python")
    assert "is not tested: ModuleNotFoundError" in told
    assert told.endswith("Other versions of PyTorch: none found\n")
