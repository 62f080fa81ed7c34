"""The engine as a package: its wheel holds the engine alone, and works where Streamlit is not."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

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
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = "pip wheel --quiet --no-deps --no-build-isolation --disable-pip-version-check -w"
    subprocess.run([sys.executable, "-m", *command.split(), folder, ROOT], check=True, cwd=folder)
    (made,) = folder.glob("autograd_explorer-*.whl")
    return made


def test_the_wheel_holds_the_engine_alone(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"autograd_explorer"}
    for path in (ROOT / "autograd_explorer").rglob("*.py"):
        assert path.relative_to(ROOT).as_posix() in names


def test_it_works_in_a_folder_elsewhere_without_streamlit(wheel, tmp_path):
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
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


def other_pythons(*commands):
    done = subprocess.run(
        [ROOT / ".ci" / "other-pythons"],
        env={**os.environ, "OTHER_PYTHONS": " ".join(map(str, commands))},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_where_no_other_python_is_found_or_ready_that_is_said(tmp_path):
    empty = tmp_path / "empty"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", empty], check=True)

    assert other_pythons("no-such-python") == "Other Pythons: none found\n"
    assert "is not tested: ModuleNotFoundError" in other_pythons(empty / "bin" / "python")
