"""Programs in which nothing is wrong, or only what they say of themselves."""

import json
from pathlib import Path

import autograd_explorer as ax
from autograd_explorer import course
from autograd_explorer.course.exhibits import EXHIBITS
from tests.diagnosis.sound import SOUND
from tests.diagnosis.variants import BEGIN

CASES = {case["n"]: case for case in json.loads(Path("tests/forum/cases.json").read_text())}


def _files():
    for folder in ("tests/programs", "pages/play/examples", "tests/corpus"):
        for path in sorted(Path(folder).rglob("*.py")):
            yield path.stem, path.read_text(encoding="utf-8")


def _lessons():
    problem = ax.Problem()
    yield "problem", problem.source
    for name in ("backward", "forward", "gradient", "leaf", "proofs"):
        yield f"lesson {name}", getattr(course, name).program(problem)
    for mode in course.modes.MODES:
        yield f"lesson modes {mode}", course.modes.program(problem, mode)
    for skip in (False, True):
        yield f"lesson deep {skip}", course.deep.program(problem, 4, "tanh", "xavier", skip=skip)
    for clear in ("never", "zero", "none"):
        yield f"lesson life {clear}", course.life.program(problem, 2, clear)
    yield "lesson training", course.training.program(problem, "adam", "0.1", "5")


def _cured():
    for case in CASES.values():
        yield f"cured {case['n']} {case['kind']}", case["cured_program"]
    for exhibit in EXHIBITS:
        yield f"mended {exhibit.name}", exhibit.fixed


def _sound():
    for name, text in SOUND.items():
        yield name, BEGIN + text


CONTROLS = dict([*_sound(), *_files(), *_lessons(), *_cured()])
