"""What gathers, while a program runs, all that the diagnosis will have to know; or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from torch import Tensor

from autograd_explorer.recording.ledger import Ledger
from autograd_explorer.recording.noticed import Noticed, Scopes
from autograd_explorer.recording.pass_ledger import PassLedger
from autograd_explorer.recording.reaching import Reaching
from autograd_explorer.recording.unwatched import Unwatched


@dataclass(frozen=True, slots=True)
class Gatherers:
    """.ledger hears of tensors, .passes of backward passes, .noticed of single events, and
    .influence of what each value is made from."""

    ledger: Ledger | Unwatched
    passes: PassLedger | Unwatched
    noticed: Noticed | Unwatched
    influence: Reaching | Unwatched


def gatherers(
    scopes: Scopes,
    names: Callable[[], Mapping[str, Tensor]],
    running: list[int],
    begun: Callable[[], int],
) -> Gatherers:
    """names    the tensors that the program can reach now, by name
    running  the numbers of the statements that are running, innermost last
    begun    how many have begun
    """
    ledger = Ledger(names, running)
    passes = PassLedger(ledger)
    influence = Reaching(begun, lambda: (scopes.variables, *scopes.locals))
    return Gatherers(ledger, passes, Noticed(passes, scopes), influence)


_UNWATCHED = Unwatched()
NOTHING_GATHERED = Gatherers(_UNWATCHED, _UNWATCHED, _UNWATCHED, _UNWATCHED)
