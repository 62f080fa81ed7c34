"""Right and wrong calls of what programs may call do what they do in plain Python, or are refused."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.calls import GROUPS

# What differs, and why. A name may be struck out here once it does not.
_SHOWN = "is a function or a generator of ours, which shows itself as one"
_ORDER = "says another of two things that are wrong with a call"
KNOWN = {
    ("builtins", "issubclass"): "asks for a class even where there is nothing to compare it with",
    ("builtins", "sorted"): _ORDER,
    ("builtins", "super"): "shows itself without the class from which it looks on",
    ("contextlib", "contextlib.AbstractContextManager"): "has nothing abstract here",
    ("contextlib", "contextlib.redirect_stdout"): _SHOWN,
    ("dataclasses", "dataclasses.dataclass"): _SHOWN,
    ("dataclasses", "dataclasses.InitVar"): "is told as a function",
    ("dataclasses", "dataclasses.field"): "shows what it was given alone",
    ("functools", "functools.cmp_to_key"): _SHOWN,
    ("functools", "functools.lru_cache"): _SHOWN,
    ("functools", "functools.singledispatch"): "is not named after what it wraps",
    ("functools", "functools.update_wrapper"): "leaves alone what cannot be given a name",
    ("functools", "functools.wraps"): _SHOWN,
    ("itertools", "itertools.count"): _SHOWN,
    ("itertools", "itertools.cycle"): _SHOWN,
    ("itertools", "itertools.repeat"): _SHOWN,
    ("operator", "operator.attrgetter"): _SHOWN,
    ("operator", "operator.itemgetter"): _SHOWN,
    ("operator", "operator.methodcaller"): _SHOWN,
    ("string", "string.capwords"): "is told as a function of the program's",
    ("pattern", "a.finditer"): _SHOWN,
    ("pattern", "a.sub"): "takes a text or a function to put in, not bytes",
    ("pattern", "a.subn"): _ORDER,
    ("match", "a.group"): "is told with its class",
    ("operators", "!="): "takes a range beside an array for the array that it becomes",
}


@pytest.fixture(scope="module")
def asked():
    """A process that compares the calls of the groups that it is asked for."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.core.calls"],
        cwd=Path(__file__).parent.parent.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def ask(group):
            process.stdin.write(f"{group}\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        process.stdin.close()


@pytest.mark.thinned(3)
@pytest.mark.parametrize("group", GROUPS)
def test_a_call_does_what_it_does_in_plain_python(asked, group):
    differ, counts = asked(group)

    assert [found for found in differ if (group, found[0]) not in KNOWN] == []
    assert counts["same"] > counts["refused"]


def test_what_is_known_to_differ_is_called():
    assert {group for group, _ in KNOWN} <= {*GROUPS}
