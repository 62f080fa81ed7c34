"""Call what programs may call, with right and wrong arguments, in plain Python and by the engine.

    python -m tests.core.calls   reads a group's name a line, and answers each with a line of JSON:
                                 [[name, call, plain, ours], …] of calls that differ, and counts

A group is a module of the tables of names, a value whose methods are called, or all operators. Of many arguments
that plain Python is given, those are taken with which it does different things; the engine then
runs each call as a program of its own. A refusal is no difference, but is counted.
"""

import contextlib
import inspect
import io
import json
import os
import random
import re
import signal
import sys
import tempfile
import warnings
from collections import defaultdict

# What stands for every kind of argument, one a line.
ARGUMENTS = """
None True 0 1 -1 3 2**70 1.5 -2.5 float('nan') 'ab' '' '%d' b'ab' [] [2,1] ['b','a'] [[1,2],[3]]
(1,2) () {} {'a':1} {1} range(3) iter([1,2]) (i·for·i·in·[2,1]) len lambda·v:·v lambda·*v:·1 int str
object() Mine() Mine 1j slice(1) torch.tensor([1.,2.]) torch.tensor(3) np.array([1,2])
""".split()
ARGUMENTS = [text.replace("·", " ") for text in ARGUMENTS]
MODULES = """
base64 bisect collections contextlib dataclasses enum functools hashlib heapq itertools json math
operator re statistics string struct textwrap
""".split()
VALUES = {
    "str": "'ab Cd'",
    "bytes": "b'ab cd'",
    "list": "[3, 1, 2]",
    "tuple": "(3, 1, 2)",
    "dict": "{'a': 1, 'b': 2}",
    "set": "{1, 2}",
    "frozenset": "frozenset({1, 2})",
    "int": "(5)",
    "float": "(2.5)",
    "complex": "(1+2j)",
    "range": "range(5)",
    "slice": "slice(1, 2)",
    "ValueError": "ValueError('a')",
    "deque": "collections.deque([3, 1, 2])",
    "Counter": "collections.Counter('abca')",
    "OrderedDict": "collections.OrderedDict(a=1, b=2)",
    "defaultdict": "collections.defaultdict(list, a=[1])",
    "namedtuple": "collections.namedtuple('P', 'x y')(1, 2)",
    "ChainMap": "collections.ChainMap({'a': 1}, {'b': 2})",
    "UserDict": "collections.UserDict(a=1)",
    "UserList": "collections.UserList([3, 1, 2])",
    "date": "datetime.date(2024, 1, 2)",
    "datetime": "datetime.datetime(2024, 1, 2, 3, 4, 5)",
    "timedelta": "datetime.timedelta(days=1, seconds=5)",
    "pattern": "re.compile('(a)(?P<n>b)?')",
    "match": "re.match('(a)(?P<n>b)?', 'ab')",
    "StringIO": "io.StringIO('ab\\ncd\\n')",
}
_BETWEEN = """
+ - * / // % ** @ & | ^ << >> == != < <= > >= in not·in is·not and or
""".split()
OPERATORS = {
    **{name.replace("·", " "): f"(§) {name.replace('·', ' ')} (§)" for name in _BETWEEN},
    **{f"{name} …": f"{name} (§)" for name in ("-", "+", "~", "not")},
    "item": "(§)[§]",
    "called": "(§)(§)",
    "attribute": "(§).missing",
    "unfolded": "[*(§), *(§)]",
    "keywords": "dict(**(§), **(§))",
    "format": "'{:.2f} {!r:>4}'.format((§), (§))",
    "percent": "'%d %s' % ((§), (§))",
    "if": "(§) if (§) else 0",
    "first of them": "[x for x, y in (§)]",
}
# Further values for operators.
MORE = """
np.float32(1.5) np.int64(2) np.ones((2,2)) torch.ones(2,2) torch.tensor([True,False])
torch.tensor(2.,requires_grad=True) torch.nn.Linear(1,1) ValueError('a') ValueError ...
collections.deque([1]) datetime.date(2024,1,2) torch.float32 torch.Size([2])
""".split()
GROUPS = ("builtins", *MODULES, *VALUES, "operators")
# Not called: these end the program, name what no two processes share, or wait.
_LEFT_OUT = frozenset(
    """
    dir exit globals hash id input locals open quit breakpoint contextmanager exec vars
    """.split()
)
_HEAD = f"import datetime, io, torch, {', '.join(MODULES)}\nimport numpy as np\n"
_SHOWN = """
class Mine: pass
def show(*values):
    for value in values:
        print(type(value).__name__, end=" ")
        if hasattr(value, "__next__"):
            value = [next(value, None), next(value, None)]
        print(value)
"""
_SECONDS, _SECONDS_OF_A_GROUP = 1, 60
_EACH = 4  # calls that succeed, and as many that fail


def callables_of(group):
    """The names of a group, as a program spells them, each with what comes before it."""
    from autograd_explorer.language.library.table import OFFERED, STANDARD

    if group == "builtins":
        names = [n for n in sorted(STANDARD.builtins) if not n.startswith("_")]
        return [("", name) for name in names if name not in _LEFT_OUT]
    if group == "operators":
        return [("", name) for name in OPERATORS]
    if group in VALUES:
        value = _value_of(_HEAD, VALUES[group])
        listed = STANDARD.members_of(type(value)).methods
        # Where the tables have none, the class is written in the language itself.
        every = [name for name in listed or dir(value) if listed or name[0] != "_"]
        names = [name for name in every if hasattr(value, name)]
        return [(f"a = {VALUES[group]}\n", f"a.{name}") for name in sorted(names)]
    paths = [p for p in sorted(OFFERED) if p.rpartition(".")[0] == group]
    return [("", path) for path in paths if path.rpartition(".")[2] not in _LEFT_OUT]


def _value_of(before, expression):
    scope = {}
    exec(f"{before}\nvalue = {expression}", scope)  # noqa: S102  of our own texts alone
    return scope["value"]


def program(before, call):
    shown = "result, a" if before else "result"
    tried = f"    result = {call}\n    show({shown})"
    caught = "except BaseException as error:\n    print(type(error).__name__, error)"
    return f"{_HEAD}{_SHOWN}{before}try:\n{tried}\n{caught}\n"


def calls_of(before, name):
    """Calls of it, right and wrong."""
    chance = random.Random(name)  # noqa: S311
    if name in OPERATORS:
        form = OPERATORS[name]
        parts = form.split("§")
        several = [chance.choices(ARGUMENTS + MORE, k=len(parts)) for _ in range(80)]
        filled = [zip(parts, [*values[1:], ""], strict=True) for values in several]
        found = ["".join([before + value for before, value in pairs]) for pairs in filled]
        return list(dict.fromkeys(found))
    found = _value_of(_HEAD + _SHOWN + before, name)
    if not callable(found):
        return []
    try:
        keywords = [
            p.name for p in inspect.signature(found).parameters.values() if p.kind in (1, 3)
        ]
    except (TypeError, ValueError):
        keywords = []
    given = ["", "1, wrong=1", "wrong=1", "1, 2", "*3", "**3", "**{'a': 1}", *ARGUMENTS]
    for count in (2, 2, 2, 3, 3):
        given += [", ".join(chance.choices(ARGUMENTS, k=count)) for _ in range(4)]
    for _ in range(8 if keywords else 0):
        named = chance.sample(keywords, min(len(keywords), chance.choice((1, 1, 2))))
        rest = chance.choices(ARGUMENTS, k=chance.choice((0, 1, 1, 2)))
        given.append(", ".join([*rest, *(f"{n}={chance.choice(ARGUMENTS)}" for n in named)]))
    return [f"{name}({arguments})" for arguments in dict.fromkeys(given)]


class _Late(BaseException):
    pass


def _stop(*_):
    raise _Late


def in_plain_python(source):
    """What it prints; None where it takes too long."""
    out = io.StringIO()
    signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, _SECONDS)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            exec(compile(source, "program.py", "exec"), {"__name__": "__main__"})  # noqa: S102
    except _Late:
        return None
    except BaseException as error:
        out.write(f"{type(error).__name__} {error}")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return out.getvalue()


def by_the_engine(source):
    """What it prints; None where it is we who stopped it."""
    import autograd_explorer as ax

    run = ax.run(source)
    if run.error is None:
        return run.printed
    if run.error.kind in ("refused", "limit", "ended"):
        return None
    return f"{run.printed}{run.error.type} {run.error.message}"


def different_ones(answers):
    """Of calls and what they print, a few that succeed and a few that fail, in different ways."""
    kept = defaultdict(list)
    seen = set()
    for call, text in answers:
        word = text.partition(" ")[0]
        kind = re.sub(r"[0-9.\-]+|'[^']*'", "#", text.partition("\n")[0])[:60]
        if kind not in seen:
            seen.add(kind)
            kept[word.endswith(("Error", "Exception", "StopIteration", "Exit"))].append(call)
    return [call for failed in (False, True) for call in kept[failed][:_EACH]]


def compared(group):
    """The calls of a group that differ, and how many were the same and refused."""
    differ, counts = [], {"same": 0, "refused": 0}
    for before, name in callables_of(group):
        calls = calls_of(before, name)
        plain = {call: in_plain_python(program(before, call)) for call in calls}
        answers = [(call, text) for call, text in plain.items() if text is not None]
        for call in different_ones(answers):
            ours = by_the_engine(program(before, call))
            if ours is None or _comparable(ours) == _comparable(plain[call]):
                counts["refused" if ours is None else "same"] += 1
            else:
                differ.append([name, call, plain[call], ours])
    return [differ, counts]


def _comparable(text):
    """Without addresses, and without the order of sets of texts."""
    text = re.sub(r"0x[0-9a-f]+", "", text).replace("TensorBase.", "Tensor.")
    return re.sub(r"\{[^{}:]*\}", lambda found: "".join(sorted(found[0])), text)


def forked(group):
    with tempfile.TemporaryFile("w+") as answer, tempfile.TemporaryDirectory() as at:
        child = os.fork()
        if child == 0:
            os.chdir(at)
            sys.stdin = io.StringIO()
            warnings.simplefilter("ignore")
            try:
                found = compared(group)
            except BaseException as error:
                found = [[["", "", "", f"{type(error).__name__}: {error}"]], {}]
            json.dump(found, answer)
            answer.flush()
            os._exit(0)
        os.waitpid(child, 0)
        answer.seek(0)
        return json.load(answer)


if __name__ == "__main__":
    import torch

    import autograd_explorer  # noqa: F401  before the forks

    torch.set_num_threads(1)
    for line in sys.stdin:
        print(json.dumps(forked(line.strip())), flush=True)
