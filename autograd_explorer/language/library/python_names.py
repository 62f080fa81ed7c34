"""Tables of the names of Python itself that a program may use."""

import cmath
import math
import operator
from collections.abc import Callable, Mapping
from types import GeneratorType
from typing import Any

from autograd_explorer.errors import ProgramError
from autograd_explorer.language import making_classes
from autograd_explorer.language.functions import UserFunction, UserMethod
from autograd_explorer.language.library import (
    byte_functions,
    codes,
    copying,
    numpy_more,
    running_texts,
)
from autograd_explorer.language.library import container_functions as containers
from autograd_explorer.language.library import number_functions as of_numbers
from autograd_explorer.language.library import object_functions as objects
from autograd_explorer.language.library import python_functions as functions
from autograd_explorer.language.library import text_functions as texts
from autograd_explorer.language.library.entry import Function, Members, OfRun, functions_of
from autograd_explorer.language.library.standard_functions import leave


def _special(call: object, cls: type | None = None) -> Function:
    return Function(call, "special", cls)  # type: ignore[arg-type]


EXCEPTIONS: Mapping[str, Function] = {
    cls.__name__: Function(cls, "holding", cls)
    for cls in (
        ArithmeticError, AssertionError, AttributeError, BaseException, BufferError,
        DeprecationWarning, EOFError, Exception, FileExistsError, FileNotFoundError,
        FloatingPointError, FutureWarning, ImportError, IndexError, KeyError, LookupError,
        ModuleNotFoundError, NameError, NotImplementedError, OSError, OverflowError,
        PermissionError, RecursionError, RuntimeError, RuntimeWarning, StopIteration, SystemExit,
        TimeoutError, TypeError, UnboundLocalError, UserWarning, ValueError, Warning,
        ZeroDivisionError, ConnectionError, ImportWarning, IsADirectoryError, NotADirectoryError,
        PendingDeprecationWarning, ResourceWarning, SyntaxWarning, UnicodeError,
        BlockingIOError, BrokenPipeError, BytesWarning, ChildProcessError, ConnectionAbortedError,
        ConnectionRefusedError, ConnectionResetError, InterruptedError, ProcessLookupError,
        ReferenceError, SystemError, UnicodeWarning, IndentationError, TabError,
        UnicodeDecodeError, UnicodeEncodeError,
    )
}  # fmt: skip

BUILTINS: Mapping[str, object] = {
    **EXCEPTIONS,
    "IOError": Function(OSError, "holding", OSError),
    "EnvironmentError": Function(OSError, "holding", OSError),
    # Named in `except` alone.
    "KeyboardInterrupt": Function(KeyboardInterrupt, "class", KeyboardInterrupt),
    "MemoryError": Function(MemoryError, "class", MemoryError),
    "SyntaxError": Function(SyntaxError, "class", SyntaxError),  # of eval and exec
    "abs": _special(functions.safe_abs),
    "ascii": _special(functions.safe_ascii),
    "bin": _special(of_numbers.in_base(bin)),
    "bytes": _special(byte_functions.make, bytes),
    "chr": Function(chr, "plain"),
    "complex": Function(complex, "plain", complex),
    "format": _special(functions.safe_format),
    "frozenset": _special(functions.safe_frozenset, frozenset),
    "compile": _special(running_texts.compiled),
    "eval": _special(running_texts.evaluate),
    "exec": _special(running_texts.execute),
    "exit": _special(leave),
    "quit": _special(leave),
    "globals": _special(running_texts.safe_globals),
    "locals": _special(running_texts.safe_locals),
    "hash": _special(functions.safe_hash),
    "hex": _special(of_numbers.in_base(hex)),
    "oct": _special(of_numbers.in_base(oct)),
    "ord": Function(ord, "plain"),
    "slice": _special(of_numbers.safe_slice, slice),
    "all": _special(functions.safe_all),
    "any": _special(functions.safe_any),
    "bool": Function(bool, "holding", bool),
    "callable": Function(callable, "holding"),
    "dict": _special(functions.safe_dict, dict),
    "divmod": _special(of_numbers.safe_divmod),
    "dir": _special(objects.safe_dir),
    "enumerate": _special(functions.safe_enumerate, enumerate),
    "filter": _special(functions.safe_filter, filter),
    "float": Function(float, "holding", float),
    "delattr": _special(objects.safe_delattr),
    "getattr": _special(objects.safe_getattr),
    "hasattr": _special(objects.safe_hasattr),
    "setattr": _special(objects.safe_setattr),
    "id": _special(functions.safe_id),
    "int": Function(int, "holding", int),
    "isinstance": _special(functions.safe_isinstance),
    "issubclass": _special(functions.safe_issubclass),
    "iter": _special(functions.safe_iter),
    "len": _special(functions.safe_len),
    "list": _special(functions.safe_list, list),
    "map": _special(functions.safe_map, map),
    "max": _special(functions.safe_max),
    "min": _special(functions.safe_min),
    "next": _special(functions.safe_next),
    "object": _special(objects.new_object, object),
    "pow": _special(of_numbers.safe_pow),
    "print": _special(functions.safe_print),
    "range": _special(functions.safe_range, range),
    "repr": _special(functions.safe_repr),
    "reversed": _special(functions.safe_reversed, reversed),
    "round": _special(of_numbers.safe_round),
    "set": _special(functions.safe_set, set),
    "sorted": _special(functions.safe_sorted),
    "str": _special(functions.safe_str, str),
    "sum": _special(functions.safe_sum),
    "super": _special(functions.safe_super),
    "tuple": _special(functions.safe_tuple, tuple),
    "type": _special(making_classes.safe_type, type),
    "zip": _special(functions.safe_zip, zip),
    "classmethod": _special(objects.class_method, classmethod),
    "property": _special(objects.safe_property, property),
    "staticmethod": _special(objects.static_method, staticmethod),
    # As in a script that is run directly, so that `if __name__ == "__main__":` holds.
    "__name__": "__main__",
    "__doc__": OfRun(lambda runtime: runtime.belongings.documentation),
    "__debug__": __debug__,
    "Ellipsis": Ellipsis,
    "NotImplemented": NotImplemented,
}

MATH: Mapping[str, object] = {
    **functions_of(
        math,
        "plain",
        """
        acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh degrees dist erf erfc
        exp exp2 expm1 fabs floor fmod gamma gcd hypot isclose isfinite isinf isnan isqrt
        lgamma log log10 log1p log2 pow radians remainder sin sinh sqrt tan tanh trunc
        """,
    ),
    "comb": _special(of_numbers.safe_comb),
    "factorial": _special(of_numbers.safe_factorial),
    "fsum": _special(of_numbers.safe_fsum),
    "prod": _special(of_numbers.safe_prod),
    "e": math.e,
    "inf": math.inf,
    "nan": math.nan,
    "pi": math.pi,
    "tau": math.tau,
}
CMATH: Mapping[str, object] = {
    **functions_of(
        cmath,
        "plain",
        "acos asin atan cos cosh exp isclose log log10 phase polar rect sin sinh sqrt tan tanh",
    ),
    **{name: getattr(cmath, name) for name in ("e", "inf", "infj", "nan", "pi", "tau")},
}
COPY: Mapping[str, Function] = {
    "copy": _special(copying.safe_copy),
    "deepcopy": _special(copying.safe_deepcopy),
}
CLASS_MEMBERS: Mapping[type, Mapping[str, object]] = {
    dict: {"fromkeys": _special(functions.dict_from_keys)},
    str: {"maketrans": _special(texts.str_maketrans)},
    int: {"from_bytes": _special(byte_functions.int_from)},
    bytes: functions_of(bytes, "plain", "fromhex"),
    float: functions_of(float, "plain", "fromhex"),
}


def _seen(error: BaseException | None) -> BaseException | None:
    """An exception as the program may see it: not those by which we stop it."""
    return error if isinstance(error, Exception) and not isinstance(error, ProgramError) else None


def _of_numbers(names: str) -> dict[str, Callable[[Any], Any]]:
    return {name: operator.attrgetter(name) for name in names.split()}


def _by_name(*names: str) -> dict[str, Function]:
    """`dict.__getitem__(d, key)`, `super().__setitem__(key, value)` and the like."""
    return {f"__{name}__": _special(containers.NATIVE_ITEMS[name]) for name in names}


_DICT = Members(
    methods=functions_of(dict, "own", "clear copy get items keys pop popitem setdefault values")
    | {"update": _special(functions.dict_update)}
    | _by_name("getitem", "setitem", "delitem", "contains", "len")
)

_FORMATTED = {"__format__": _special(texts.formatted)}


def _name_of(what: str) -> Callable[[Function], str]:
    return lambda function: str(getattr(function.shown, what, function.name))


def _naming(attribute: str) -> Callable[[Any, Any], None]:
    """What `function.__name__ = "f"` does."""
    said = {"qualified": "__qualname__"}.get(attribute, attribute)

    def name(function: Any, new: Any) -> None:
        if type(new) is not str:
            raise TypeError(f"{said} must be set to a string object")
        object.__setattr__(function, attribute, new)

    return name


TABLES: dict[type, Members] = {
    str: Members(
        methods=functions_of(
            str,
            "plain",
            """
            capitalize casefold count endswith find index isalnum isalpha isascii isdecimal isdigit
            isidentifier islower isnumeric isprintable isspace istitle isupper lower lstrip
            partition removeprefix removesuffix rfind rindex rpartition rsplit rstrip split
            splitlines startswith strip swapcase title upper
            """,
        )
        | {
            "center": _special(texts.str_center),
            "encode": _special(byte_functions.encode),
            "expandtabs": _special(texts.str_expandtabs),
            "format": _special(texts.str_format),
            "format_map": _special(texts.str_format_map),
            "join": _special(texts.str_join),
            "ljust": _special(texts.str_ljust),
            "replace": _special(texts.str_replace),
            "rjust": _special(texts.str_rjust),
            "translate": _special(texts.str_translate),
            "zfill": _special(texts.str_zfill),
        }
    ),
    bytes: byte_functions.TABLE,
    list: Members(
        methods=functions_of(list, "holding", "count index remove")
        | functions_of(list, "own", "clear copy pop reverse")
        | {
            "append": _special(functions.list_append),
            "extend": _special(functions.list_extend),
            "insert": _special(functions.list_insert),
            "sort": _special(functions.list_sort),
        }
        | _by_name("getitem", "setitem", "delitem", "contains", "len")
    ),
    tuple: Members(methods=functions_of(tuple, "holding", "count index")),
    dict: _DICT,
    set: Members(
        methods=functions_of(set, "own", "add clear copy discard pop remove")
        | {
            name: _special(containers.set_method(name))
            for name in (
                "difference", "intersection", "isdisjoint", "issubset", "issuperset",
                "symmetric_difference",
            )
        }
        | {
            "union": _special(containers.set_union),
            "update": _special(containers.set_update),
            "difference_update": _special(containers.set_in_place("difference_update")),
            "intersection_update": _special(containers.set_in_place("intersection_update")),
            "symmetric_difference_update": _special(
                containers.set_in_place("symmetric_difference_update")
            ),
        }
    ),
    frozenset: Members(
        methods=functions_of(frozenset, "own", "copy")
        | {
            name: _special(containers.set_method(name, frozenset))
            for name in (
                "difference", "intersection", "isdisjoint", "issubset", "issuperset",
                "symmetric_difference", "union",
            )
        }
    ),
    complex: Members(
        attributes={"imag": operator.attrgetter("imag"), "real": operator.attrgetter("real")},
        methods=functions_of(complex, "plain", "conjugate"),
    ),
    int: Members(
        attributes=_of_numbers("numerator denominator real imag"),
        methods=functions_of(int, "plain", "as_integer_ratio bit_count bit_length conjugate")
        | {"to_bytes": _special(byte_functions.of_int)}
        | _FORMATTED,
    ),
    float: Members(
        attributes=_of_numbers("real imag"),
        methods=functions_of(
            float, "plain", "as_integer_ratio conjugate hex is_integer __round__"
        )
        | _FORMATTED,
    ),
    slice: Members(
        attributes=_of_numbers("start stop step"), methods=functions_of(slice, "plain", "indices")
    ),
    range: Members(
        attributes=_of_numbers("start stop step"), methods=functions_of(range, "own", "count index")
    ),
    BaseException: Members(
        attributes={
            "args": operator.attrgetter("args"),
            "__cause__": lambda error: _seen(error.__cause__),
            "__context__": lambda error: _seen(error.__context__),
            "__suppress_context__": operator.attrgetter("__suppress_context__"),
            "__notes__": operator.attrgetter("__notes__"),
        },
        methods={"add_note": _special(objects.add_note)},
    ),
    StopIteration: Members(attributes={"value": operator.attrgetter("value")}),
    SystemExit: Members(attributes={"code": operator.attrgetter("code")}),
    type: Members(
        attributes={
            "__name__": operator.attrgetter("__name__"),
            "__qualname__": operator.attrgetter("__qualname__"),
            "__module__": operator.attrgetter("__module__"),
            "__doc__": lambda cls: cls.__dict__.get("__doc__"),
        }
    ),
    Function: Members(
        attributes={
            "__name__": _name_of("__name__"),
            "__qualname__": _name_of("__qualname__"),
            "__doc__": lambda function: function.shown.__doc__,
            **{name: numpy_more.method_of_ufunc(name) for name in numpy_more.OF_UFUNCS},
        }
    ),
    UserFunction: Members(
        attributes={
            "__name__": operator.attrgetter("__name__"),
            "__qualname__": operator.attrgetter("qualified"),
            "__call__": lambda function: function,
            "__code__": codes.code_of,
            "__defaults__": lambda function: tuple(function.defaults) or None,
            "__kwdefaults__": lambda function: dict(function.keyword_defaults) or None,
            "__doc__": operator.attrgetter("documentation"),
            "__module__": lambda function: "__main__",
        },
        setters={
            "__doc__": lambda function, new: function.__dict__.update(__doc__=new),
            "__name__": _naming("__name__"),
            "__qualname__": _naming("qualified"),
        },
    ),
    codes.Code: codes.TABLE,
    UserMethod: Members(
        attributes={
            "__code__": lambda method: codes.code_of(method.function),
            "__name__": lambda method: method.function.__name__,
            "__self__": operator.attrgetter("instance"),
            "__func__": operator.attrgetter("function"),
            "__doc__": lambda method: method.function.documentation,
            "__qualname__": lambda method: method.function.qualified,
            "__module__": lambda method: "__main__",
        }
    ),
    classmethod: Members(attributes={"__func__": operator.attrgetter("__func__")}),
    staticmethod: Members(
        attributes={"__func__": operator.attrgetter("__func__")},
        methods={"__call__": _special(objects.call_static)},
    ),
    property: Members(
        attributes={"__doc__": lambda made: getattr(made.fget, "documentation", None)},
        methods={
            "getter": _special(objects.property_getter),
            "setter": _special(objects.property_setter),
            "deleter": _special(objects.property_deleter),
        }
    ),
    GeneratorType: Members(
        methods={
            "close": _special(objects.generator_close),
            "send": _special(objects.generator_send),
            "throw": _special(objects.generator_throw),
        }
    ),
}  # fmt: skip
