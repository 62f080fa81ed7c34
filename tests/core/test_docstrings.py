"""The examples in PyTorch's own docstrings do here what they do in plain Python.

Those count that run to their end in plain Python. tests/corpus/docstrings_not_taken.txt names the
others among them, each with what stands in its way:

    size     its tensors are larger than those of a program may be
    refused  it uses what tests/core/refused_names.py gives a reason for, or the like
"""

from pathlib import Path

import pytest

from tests.core.compare import Comparison, verdict
from tests.core.docstrings import QUICK, programs

ROOT = Path(__file__).parent.parent.parent
LIST = ROOT / "tests" / "corpus" / "docstrings_not_taken.txt"
PROGRAMS = programs()


def not_taken():
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1)[::-1] for line in lines)


def is_quick(name):
    return any(f"torch.{name}".startswith(f"{path}.") for path in QUICK)


def check(names, folder):
    """Compare the examples; returns how many count, and those of them that are the same."""
    for name in names:
        (folder / f"{name}.py").write_text(PROGRAMS[name], encoding="utf-8")
    with Comparison() as comparison:
        compared = {path: comparison(path) for path in sorted(folder.glob("*.py"))}
    counted, wrong, listed = [], {}, not_taken()
    for path, both in compared.items():
        if "crashed" in both["plain"] or both["plain"]["error"]:
            continue
        name = path.stem
        counted.append(name)
        found, why = verdict(both)
        kind = "size" if why.startswith(("limit elements", "limit work")) else found
        if kind != listed.get(name, "same"):
            wrong[name] = kind, why
    assert wrong == {}
    return counted


def test_the_list_names_examples_that_exist():
    assert set(not_taken()) <= set(PROGRAMS)
    assert set(not_taken().values()) <= {"refused", "size"}


def test_examples_of_autograd_and_func(tmp_path):
    counted = check([name for name in PROGRAMS if is_quick(name)], tmp_path)

    assert len(counted) > 20


@pytest.mark.soak
def test_examples_of_the_whole_library(tmp_path):
    counted = check(PROGRAMS, tmp_path)

    of_our_size = [name for name in counted if not_taken().get(name) != "size"]
    refused = [name for name in of_our_size if name in not_taken()]
    assert len(counted) > 200
    assert len(refused) <= 0.05 * len(of_our_size)
