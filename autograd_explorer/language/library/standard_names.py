"""Tables of the names of Python's standard library that a program may use."""

import ast
import bisect
import collections
import contextlib
import datetime
import enum
import functools
import heapq
import io
import itertools
import math
import numbers
import operator
import random
import string
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from autograd_explorer.language.belongings import Buffer, Hint, Stream, WarningMessage
from autograd_explorer.language.functions import CACHED, CachedMethod
from autograd_explorer.language.library import class_functions as classes
from autograd_explorer.language.library import context_functions as contexts
from autograd_explorer.language.library import (
    files,
    regular_expressions,
    typing_names,
    value_classes,
)
from autograd_explorer.language.library import iteration_functions as iteration
from autograd_explorer.language.library import number_functions as of_numbers
from autograd_explorer.language.library import order_functions as order
from autograd_explorer.language.library import python_functions as python
from autograd_explorer.language.library import standard_functions as functions
from autograd_explorer.language.library import text_functions as texts
from autograd_explorer.language.library import time_functions as times
from autograd_explorer.language.library.container_functions import ITEMS
from autograd_explorer.language.library.entry import Function, Members, OfRun, functions_of


def _special(call: Callable[..., Any], cls: type | None = None) -> Function:
    return Function(call, "special", cls)


def _under(path: str, entries: Mapping[str, object]) -> dict[str, object]:
    return {f"{path}.{name}": entry for name, entry in entries.items()}


def _getters(names: str) -> dict[str, Callable[[Any], Any]]:
    return {name: operator.attrgetter(name) for name in names.split()}


_CHANCE = {
    name: functions.chance_method(name)
    for name in """
        betavariate choice choices expovariate gammavariate gauss getrandbits lognormvariate
        normalvariate paretovariate randint random randrange sample seed shuffle triangular uniform
        vonmisesvariate weibullvariate
    """.split()
}
_BINARY: Mapping[str, Any] = {
    "add": ast.Add, "sub": ast.Sub, "mul": ast.Mult, "truediv": ast.Div, "floordiv": ast.FloorDiv,
    "mod": ast.Mod, "pow": ast.Pow, "matmul": ast.MatMult, "and_": ast.BitAnd, "or_": ast.BitOr,
    "xor": ast.BitXor, "lshift": ast.LShift, "rshift": ast.RShift, "eq": ast.Eq, "ne": ast.NotEq,
    "lt": ast.Lt, "le": ast.LtE, "gt": ast.Gt, "ge": ast.GtE, "is_": ast.Is, "is_not": ast.IsNot,
}  # fmt: skip
_UNARY: Mapping[str, Any] = {
    "neg": ast.USub, "pos": ast.UAdd, "invert": ast.Invert, "not_": ast.Not,
}  # fmt: skip
_NOTHING = _special(functions.nothing)


STANDARD: Mapping[str, object] = {
    **_under("random", {name: _special(functions.of_run(call)) for name, call in _CHANCE.items()}),
    "random.getstate": _special(functions.chance_state),
    "random.setstate": _special(functions.set_chance_state),
    "random.Random": _special(functions.make_chance, random.Random),
    **_under(
        "itertools",
        {
            "accumulate": _special(iteration.accumulate),
            "chain": _special(iteration.chain, itertools.chain),
            "combinations": _special(iteration.choosing(itertools.combinations)),
            "combinations_with_replacement": _special(
                iteration.choosing(itertools.combinations_with_replacement)
            ),
            "compress": _special(iteration.over_walks(itertools.compress)),
            "count": _special(iteration.count),
            "cycle": _special(iteration.cycle),
            "dropwhile": _special(iteration.with_function(itertools.dropwhile)),
            "filterfalse": _special(iteration.with_function(itertools.filterfalse)),
            "groupby": _special(iteration.group_by),
            "islice": _special(iteration.islice),
            "pairwise": _special(iteration.over_walks(itertools.pairwise)),
            "permutations": _special(iteration.choosing(itertools.permutations)),
            "product": _special(iteration.product),
            "repeat": _special(iteration.repeat),
            "starmap": _special(iteration.starmap),
            "takewhile": _special(iteration.with_function(itertools.takewhile)),
            "tee": _special(iteration.tee),
            "zip_longest": _special(iteration.over_walks(itertools.zip_longest)),
        },
    ),
    **_under(
        "collections",
        {
            "Counter": _special(functions.counter, collections.Counter),
            "OrderedDict": _special(python.safe_ordered_dict, collections.OrderedDict),
            "defaultdict": _special(functions.default_dict, collections.defaultdict),
            "deque": _special(functions.deque, collections.deque),
            "namedtuple": _special(value_classes.named_tuple),
        },
    ),
    **typing_names.NAMES,
    **_under(
        "functools",
        {
            "cache": _special(functions.cache_all),
            "cmp_to_key": _special(functions.cmp_to_key),
            "lru_cache": _special(functions.cache),
            "partial": _special(functions.partial, functools.partial),
            "reduce": _special(python.safe_reduce),
            "wraps": _special(functions.wraps),
        },
    ),
    **_under(
        "operator",
        {name: _special(functions.operation(node(), 2, name)) for name, node in _BINARY.items()}
        | {name: _special(functions.operation(node(), 1, name)) for name, node in _UNARY.items()}
        | {f"i{name.rstrip('_')}": _special(functions.in_place(node()))
           for name, node in _BINARY.items() if issubclass(node, ast.operator)}
        | {name: _special(ITEMS[name]) for name in ("delitem", "getitem", "setitem")}
        | {
            "contains": _special(functions.contains),
            "countOf": _special(functions.count_of),
            "truth": _special(functions.truth),
            "index": _special(functions.index),
            "attrgetter": _special(functions.attribute_getter),
            "itemgetter": _special(functions.item_getter),
            "methodcaller": _special(functions.method_caller),
            "concat": _special(functions.concat),
            "inv": _special(functions.operation(ast.Invert(), 1, "inv")),
        },
    ),
    **_under(
        "string",
        {
            name: getattr(string, name)
            for name in (
                "ascii_letters", "ascii_lowercase", "ascii_uppercase", "digits", "hexdigits",
                "octdigits", "printable", "punctuation", "whitespace",
            )
        },
    ),
    **_under(
        "time",
        {name: _special(times.clock(name)) for name in ("time", "perf_counter", "monotonic")}
        | {
            "process_time": _special(times.clock("process_time")),
            "sleep": _special(times.sleep),
            **{
                f"{name}_ns": _special(times.clock_in_ns(name))
                for name in ("time", "perf_counter", "monotonic", "process_time")
            },
            "ctime": _special(times.written_time),
            "asctime": _special(times.written_time),
            "strftime": _special(times.format_time),
            "localtime": _special(times.broken_down(time.localtime)),
            "gmtime": _special(times.broken_down(time.gmtime)),
        },
    ),
    **_under("datetime", functions_of(datetime, "plain", "date datetime time timedelta")),
    **_under(
        "sys",
        {
            "argv": OfRun(lambda runtime: runtime.belongings.argv),
            "byteorder": sys.byteorder,
            "executable": "python",
            "exit": _special(functions.leave),
            "modules": OfRun(functions.modules),
            "float_info": sys.float_info,
            "getdefaultencoding": _special(functions.answering("utf-8")),
            "maxsize": sys.maxsize,
            "maxunicode": sys.maxunicode,
            "path": OfRun(lambda runtime: runtime.belongings.path),
            "platform": "linux",
            "stderr": Stream("stderr"),
            "stdout": Stream("stdout"),
            "version": sys.version,
            "version_info": sys.version_info,
        },
    ),
    **_under(
        "os",
        {
            "cpu_count": _special(functions.answering(1)),
            "environ": OfRun(lambda runtime: runtime.belongings.environment),
            "fspath": _special(files.as_text),
            "getcwd": _special(functions.answering("/")),
            "getenv": _special(functions.get_env),
            "listdir": _special(files.listed),
            "makedirs": _special(files.make_folder),
            "mkdir": _special(files.make_folder),
            "remove": _special(files.remove),
            "rmdir": _special(files.remove_folder),
            "unlink": _special(files.remove),
            "name": "posix",
            "sep": "/",
            "curdir": ".",
            "pardir": "..",
            "pathsep": ":",
            "extsep": ".",
            "devnull": "/dev/null",
            "walk": _special(files.walked),
            "linesep": "\n",
            "getpid": _special(functions.answering(1)),
        },
    ),
    **_under(
        "os.path",
        {
            name: _special(files.on_names(name))
            for name in """
                basename dirname isabs join normcase normpath split splitdrive splitext
            """.split()
        }
        | {
            name: _special(files.from_here(name))
            for name in ("abspath", "expanduser", "realpath", "relpath")
        }
        | {
            name: _special(files.on_several(name)) for name in ("commonpath", "commonprefix")
        }
        | {
            "exists": _special(files.exists),
            "getsize": _special(files.size_in_bytes),
            "isdir": _special(files.is_folder),
            "isfile": _special(files.is_file),
        },
    ),
    **_under(
        "warnings",
        {
            "catch_warnings": _special(functions.catch_warnings),
            "filterwarnings": _special(functions.filter_warnings),
            "resetwarnings": _special(functions.reset_warnings),
            "simplefilter": _special(functions.filter_warnings),
            "warn": _special(functions.warn),
        },
    ),
    "io.StringIO": _special(functions.make_text, io.StringIO),
    **_under(
        "contextlib",
        {
            "redirect_stdout": _special(contexts.redirect_stdout),
            "contextmanager": _special(contexts.context_manager),
            "nullcontext": _special(contexts.null_context, contextlib.nullcontext),
            "suppress": _special(classes.suppress),
        },
    ),
    "json.dump": _special(contexts.dump_json),
    "json.load": _special(contexts.load_json),
    "json.dumps": _special(contexts.to_json),
    "json.loads": _special(contexts.from_json),
    "pprint.pprint": _special(contexts.pretty_print),
    "pprint.pp": _special(contexts.pretty_print_in_order),
    "pprint.pformat": _special(contexts.pretty),
    **_under(
        "statistics",
        {
            name: _special(contexts.statistic(name))
            for name in """
                fmean geometric_mean harmonic_mean mean median median_high median_low mode multimode
                pstdev pvariance stdev variance
            """.split()
        },
    ),
    "gc.collect": _special(functions.collect_garbage),
    **{f"gc.{name}": _special(functions.answering(None)) for name in ("disable", "enable")},
    "multiprocessing.set_start_method": _special(functions.answering(None)),
    **_under(
        "numbers",
        {
            name: Function(getattr(numbers, name), "class", getattr(numbers, name))
            for name in ("Complex", "Integral", "Number", "Rational", "Real")
        },
    ),
    **_under("abc", {"ABC": Function(object, "class", object), "ABCMeta": Hint("abc.ABCMeta")}),
    "abc.abstractmethod": _special(classes.abstract),
    **_under(
        "dataclasses",
        {
            "asdict": _special(classes.as_dict),
            "astuple": _special(classes.as_tuple),
            "dataclass": _special(classes.dataclass),
            "field": _special(classes.field),
            "replace": _special(classes.replace),
        },
    ),
    "enum.Enum": Function(enum.Enum, "class", enum.Enum),
    "enum.IntEnum": Function(enum.IntEnum, "class", enum.IntEnum),
    "enum.StrEnum": Function(enum.StrEnum, "class", enum.StrEnum),
    "enum.unique": _special(contexts.as_it_is),
    "enum.auto": Function(enum.auto, "holding", enum.auto),
    **_under(
        "__future__",
        dict.fromkeys(
            ("absolute_import", "annotations", "division", "generators", "print_function",
             "unicode_literals", "with_statement", "nested_scopes", "generator_stop")
        ),
    ),
    **regular_expressions.NAMES,
    **_under(
        "textwrap",
        {
            name: _special(getattr(texts, name))
            for name in ("dedent", "fill", "indent", "shorten", "wrap")
        },
    ),
    **_under("fnmatch", dict.fromkeys(("fnmatch", "fnmatchcase"), _special(texts.matched))),
    **_under("heapq", functions_of(heapq, "holding", "heapify heappop heappushpop heapreplace")),
    "heapq.heappush": _special(order.heap_push),
    "heapq.nlargest": _special(order.heap_ends(heapq.nlargest)),
    "heapq.nsmallest": _special(order.heap_ends(heapq.nsmallest)),
    **_under(
        "bisect",
        {
            name: _special(order.bisected(getattr(bisect, name)))
            for name in ("bisect", "bisect_left", "bisect_right", "insort", "insort_left",
                         "insort_right")
        },
    ),
    "math.perm": _special(of_numbers.safe_perm),
    **_under("math", functions_of(math, "plain", "frexp ldexp modf nextafter ulp lcm expm1")),
}  # fmt: skip

_DATES = "day days hour microsecond microseconds minute month second seconds year"
_DEQUE = functions_of(collections.deque, "holding", "count index remove") | functions_of(
    collections.deque, "own", "clear copy pop popleft reverse rotate"
)
_WRITING = {"write": _special(functions.stream_write), "flush": _NOTHING}

TABLES: dict[type, Members] = {
    random.Random: Members(methods={name: _special(call) for name, call in _CHANCE.items()}),
    collections.deque: Members(
        attributes=_getters("maxlen"),
        methods=_DEQUE
        | {
            name: _special(functions.deque_grown(name))
            for name in ("append", "appendleft", "extend", "extendleft")
        }
        | {"insert": _special(python.list_insert)},
    ),
    collections.Counter: Members(
        methods=functions_of(collections.Counter, "own", "copy")
        | functions_of(collections.Counter, "holding", "elements most_common subtract total")
        | {"update": _special(functions.counter_update)}
    ),
    collections.defaultdict: Members(
        attributes=_getters("default_factory"),
        methods=functions_of(collections.defaultdict, "own", "copy"),
    ),
    collections.OrderedDict: Members(
        methods=functions_of(collections.OrderedDict, "own", "clear copy pop setdefault")
        | functions_of(collections.OrderedDict, "holding", "items keys move_to_end popitem values")
    ),
    CACHED: Members(
        attributes=_getters("__name__"),
        methods={
            "cache_clear": Function(lambda wrapped: wrapped.cache_clear(), "plain"),
            "cache_info": Function(lambda wrapped: wrapped.cache_info(), "plain"),
        },
    ),
    CachedMethod: Members(
        methods={
            "cache_clear": Function(lambda method: method.func.cache_clear(), "plain"),
            "cache_info": Function(lambda method: method.func.cache_info(), "plain"),
        },
    ),
    type(functools.lru_cache(len).cache_info()): Members(
        attributes=_getters("currsize hits maxsize misses")
    ),
    Stream: Members(methods=_WRITING),
    Buffer: Members(
        methods={"seek": _special(functions.answering(0)), "close": _NOTHING},
    ),
    io.StringIO: Members(
        attributes=_getters("closed"),
        methods=functions_of(
            io.StringIO,
            "plain",
            """
            close flush getvalue isatty read readable readline readlines seek seekable tell
            truncate writable
            """,
        )
        | {
            "write": _special(functions.text_write),
            "writelines": _special(functions.text_write_lines),
        },
    ),
    type(sys.float_info): Members(
        attributes=_getters("dig epsilon mant_dig max max_exp min min_exp")
    ),
    type(sys.version_info): Members(attributes=_getters("major micro minor")),
    datetime.timedelta: Members(
        attributes=_getters("days microseconds seconds"),
        methods=functions_of(datetime.timedelta, "plain", "total_seconds"),
    ),
    datetime.date: Members(
        attributes=_getters("day month year"),
        methods=functions_of(
            datetime.date,
            "plain",
            """
            ctime isocalendar isoformat isoweekday replace strftime timetuple toordinal weekday
            """,
        ),
    ),
    datetime.datetime: Members(
        attributes=_getters("hour microsecond minute second"),
        methods=functions_of(
            datetime.datetime,
            "plain",
            """
            ctime date isocalendar isoformat isoweekday replace strftime time timestamp timetuple
            toordinal weekday
            """,
        ),
    ),
    datetime.time: Members(
        attributes=_getters("hour microsecond minute second"),
        methods=functions_of(datetime.time, "plain", "isoformat strftime"),
    ),
    WarningMessage: Members(attributes=_getters("category message")),
    enum.Enum: Members(attributes=_getters("name value")),
}

TABLES |= regular_expressions.TABLES

CLASS_MEMBERS: dict[type, dict[str, object]] = {
    itertools.chain: {"from_iterable": _special(iteration.chain_from)},
    datetime.datetime: {
        "now": _special(times.now(datetime.datetime)),
        "today": _special(times.now(datetime.datetime)),
        **functions_of(
            datetime.datetime,
            "plain",
            "combine fromisocalendar fromisoformat fromordinal fromtimestamp strptime",
        ),
    },
    datetime.date: {
        "today": _special(times.now(datetime.date)),
        **functions_of(
            datetime.date, "plain", "fromisocalendar fromisoformat fromordinal fromtimestamp"
        ),
    },
}
