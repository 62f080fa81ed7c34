"""Coverage-guided fuzzing of the interpreter, with atheris (not in the requirements).

pip install atheris
python -m tests.fuzz.guided -runs=100000 -max_len=400 -timeout=20
"""

import sys
import warnings

import atheris

with atheris.instrument_imports(include=["autograd_explorer"]):
    import autograd_explorer as ax  # noqa: F401

from tests.fuzz.fragments import program
from tests.fuzz.test_fuzz import check

warnings.simplefilter("ignore")


def one_input(data: bytes) -> None:
    check(program(data))


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
