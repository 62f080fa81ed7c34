"""What stands in a recorder that gathers nothing for the diagnosis."""

from typing import Any, TypeVar

from autograd_explorer.reach import NOTHING_REACHED, Reach
from autograd_explorer.records import Entry

Value = TypeVar("Value")


class Unwatched:
    """In place of a ledger and of whatever follows influence: hears everything, keeps nothing."""

    follows = False
    at: Any = None
    names: Any = ()

    def _nothing(self, *_args: Any, **_named: Any) -> None:
        pass

    # Of Influences and of Reaching
    follow = follow_module = hooked = calls_with_hooks = no_backward = put = _nothing
    attribute = put_on = walks = entered = loaded = ignored = switch = switch_back = _nothing
    begin = end = assigned = passed = passed_untraced = broke_off = _nothing
    # Of Ledger, PassLedger and Noticed
    made = check = look = look_at_all = before = failed = at_end = hear = _nothing

    def carried(self, made: Value, *_inputs: Any) -> Value:
        return made

    def taken(self, _owner: Any, _index: Any, made: Value) -> Value:
        return made

    def tested(self, value: Value) -> Value:
        return value

    def items(self, _values: Any, walked: Value) -> Value:
        return walked

    def after(self, *_args: Any) -> bool:
        return False

    def entries(self) -> tuple[Entry, ...]:
        return ()

    def finish(self) -> Reach:
        return NOTHING_REACHED
