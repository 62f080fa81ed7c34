"""What a program may use of Python itself, as data."""

import math
import operator
import time
from collections import OrderedDict
from collections.abc import Mapping

from autograd_explorer.language.functions import UserFunction
from autograd_explorer.language.library import specials
from autograd_explorer.language.library.entry import Function, Members, functions_of


def _special(call: object, cls: type | None = None) -> Function:
    return Function(call, "special", cls)  # type: ignore[arg-type]


EXCEPTIONS: Mapping[str, Function] = {
    cls.__name__: Function(cls, "holding", cls)
    for cls in (
        ArithmeticError, AssertionError, AttributeError, Exception, IndexError, KeyError,
        LookupError, NameError, NotImplementedError, OverflowError, RuntimeError, StopIteration,
        TypeError, UnboundLocalError, UserWarning, ValueError, ZeroDivisionError,
    )
}  # fmt: skip

BUILTINS: Mapping[str, object] = {
    **EXCEPTIONS,
    "abs": _special(specials.absolute),
    "all": _special(specials.is_all),
    "any": _special(specials.is_any),
    "bool": Function(bool, "holding", bool),
    "callable": Function(callable, "holding"),
    "dict": _special(specials.to_dict, dict),
    "divmod": Function(divmod, "plain"),
    "enumerate": _special(specials.numbered, enumerate),
    "filter": _special(specials.filtered, filter),
    "float": Function(float, "holding", float),
    "hasattr": _special(specials.has_attribute),
    "id": _special(specials.identity),
    "int": Function(int, "holding", int),
    "isinstance": _special(specials.is_instance),
    "issubclass": _special(specials.is_subclass),
    "iter": _special(specials.iterator_of),
    "len": _special(specials.length),
    "list": _special(specials.to_list, list),
    "map": _special(specials.mapped, map),
    "max": _special(specials.largest),
    "min": _special(specials.smallest),
    "next": _special(specials.following),
    "object": Function(object, "class", object),
    "pow": _special(specials.power),
    "print": _special(specials.show),
    "range": _special(specials.counted, range),
    "repr": _special(specials.representation),
    "reversed": _special(specials.backwards, reversed),
    "round": _special(specials.rounded),
    "set": _special(specials.to_set, set),
    "sorted": _special(specials.ordered),
    "str": _special(specials.to_text, str),
    "sum": _special(specials.total),
    "super": _special(specials.super_of),
    "tuple": _special(specials.to_tuple, tuple),
    "type": _special(specials.type_of, type),
    "zip": _special(specials.zipped, zip),
    # Decorators of a class body; the interpreter makes them.
    "classmethod": Function(classmethod, "class", classmethod),
    "property": Function(property, "class", property),
    "staticmethod": Function(staticmethod, "class", staticmethod),
    # As in a script that is run by itself.
    "__name__": "__main__",
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
    "comb": _special(specials.combinations),
    "factorial": _special(specials.factorial),
    "fsum": _special(specials.exact_total),
    "prod": _special(specials.product),
    "e": math.e,
    "inf": math.inf,
    "nan": math.nan,
    "pi": math.pi,
    "tau": math.tau,
}
TIME: Mapping[str, Function] = functions_of(time, "plain", "perf_counter time")
COPY: Mapping[str, Function] = {
    "deepcopy": _special(specials.deep_copy),
}
TYPING = ("Any", "Callable", "Dict", "List", "Optional", "Sequence", "Tuple", "Union")
COLLECTIONS: Mapping[str, Function] = {"OrderedDict": _special(specials.to_ordered, OrderedDict)}
FUNCTOOLS: Mapping[str, Function] = {"reduce": _special(specials.folded)}

_DICT = Members(
    methods=functions_of(dict, "holding", "clear copy get items keys pop popitem setdefault values")
    | {"update": _special(specials.update_dict)}
)

TABLES: dict[type, Members] = {
    str: Members(
        methods=functions_of(
            str,
            "plain",
            """
            capitalize count endswith find index isalpha isdigit islower isnumeric isspace isupper
            lower lstrip removeprefix removesuffix rfind rstrip split splitlines startswith strip
            swapcase title upper
            """,
        )
        | {
            "center": _special(specials.centred),
            "format": _special(specials.format_text),
            "join": _special(specials.join_text),
            "ljust": _special(specials.left_justified),
            "replace": _special(specials.replace_text),
            "rjust": _special(specials.right_justified),
            "zfill": _special(specials.zero_filled),
        }
    ),
    list: Members(
        methods=functions_of(list, "holding", "clear copy count index pop remove reverse")
        | {
            "append": _special(specials.append_list),
            "extend": _special(specials.extend_list),
            "insert": _special(specials.insert_list),
            "sort": _special(specials.sort_list),
        }
    ),
    tuple: Members(methods=functions_of(tuple, "holding", "count index")),
    dict: _DICT,
    set: Members(
        methods=functions_of(set, "holding", "add clear copy discard pop remove")
        | {
            name: _special(specials.set_method(name))
            for name in ("difference", "intersection", "issubset", "issuperset")
        }
        | {
            "union": _special(specials.union),
            "update": _special(specials.update_set),
        }
    ),
    int: Members(methods=functions_of(int, "plain", "bit_length")),
    float: Members(methods=functions_of(float, "plain", "is_integer")),
    BaseException: Members(attributes={"args": operator.attrgetter("args")}),
    type: Members(attributes={"__name__": operator.attrgetter("__name__")}),
    Function: Members(attributes={"__name__": operator.attrgetter("name")}),
    UserFunction: Members(attributes={"__name__": operator.attrgetter("__name__")}),
}  # fmt: skip
