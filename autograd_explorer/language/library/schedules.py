"""Learning rate schedules: PyTorch's own, and what a program's own may reach of them."""

import operator
from collections.abc import Callable
from typing import Any

from torch import Tensor
from torch.optim import lr_scheduler
from torch.optim.lr_scheduler import LambdaLR, MultiplicativeLR

from autograd_explorer.errors import Refused
from autograd_explorer.language.functions import UserFunction
from autograd_explorer.language.library.entry import Function, Members, functions_of
from autograd_explorer.language.runtime import Runtime


def _getters(names: str) -> dict[str, Callable[[Any], Any]]:
    return {name: operator.attrgetter(name) for name in names.split()}


def _step(scheduler: Any, *args: Any, **options: Any) -> None:
    scheduler.step(*args, **options)


def _setter(name: str) -> Callable[[Any, Any], None]:
    def put(scheduler: Any, new: Any) -> None:
        """What a schedule of the program's notes in its own step()."""
        items = new if isinstance(new, list) else [new]
        if not all(isinstance(item, int | float | Tensor) for item in items):
            raise Refused("assignment", f"{type(scheduler).__name__}.{name}")
        object.__setattr__(scheduler, name, new)

    return put


def _state_of(scheduler: Any) -> dict[str, Any]:
    """Without the functions that some schedulers keep. Of those in a list PyTorch tells what they
    hold, but for functions as such."""
    found = {k: v for k, v in scheduler.state_dict().items() if not callable(v)}
    if "lr_lambdas" in found:
        pairs = zip(scheduler.lr_lambdas, found["lr_lambdas"], strict=True)
        found["lr_lambdas"] = [None if isinstance(f, UserFunction) else held for f, held in pairs]
    return found


def lambda_lr(runtime: Runtime, optimizer: Any, lr_lambda: Any, last_epoch: int = -1) -> Any:
    several = isinstance(lr_lambda, list | tuple)
    calls: Any = (
        [runtime.calls.callback(item) for item in lr_lambda]
        if several
        else runtime.calls.callback(lr_lambda)
    )
    return LambdaLR(optimizer, calls, last_epoch)


def multiplicative_lr(
    runtime: Runtime, optimizer: Any, lr_lambda: Any, last_epoch: int = -1
) -> Any:
    return MultiplicativeLR(optimizer, runtime.calls.callback(lr_lambda), last_epoch)


def scheduler_load_state_dict(runtime: Runtime, owner: Any, state_dict: Any) -> None:
    """scheduler.load_state_dict, of what its state_dict() has given: numbers by their names."""
    given = runtime.calls.native(state_dict)
    known = {k: v for k, v in given.items() if k in owner.__dict__ and k != "optimizer"}
    simple = all(not callable(v) and not callable(owner.__dict__[k]) for k, v in known.items())
    if len(known) < len(given) or not simple:
        raise Refused("call", "load_state_dict(…)")
    owner.load_state_dict(known)


NAMES: dict[str, Function] = functions_of(
    lr_scheduler,
    "plain",
    """
    ChainedScheduler ConstantLR CosineAnnealingLR CosineAnnealingWarmRestarts CyclicLR
    ExponentialLR LinearLR MultiStepLR OneCycleLR PolynomialLR ReduceLROnPlateau
    SequentialLR StepLR
    """,
) | {
    "LambdaLR": Function(lambda_lr, "special", LambdaLR),
    "MultiplicativeLR": Function(multiplicative_lr, "special", MultiplicativeLR),
}
# What each was made with.
_TOLD: dict[type, str] = {
    lr_scheduler.ReduceLROnPlateau: (
        "best cooldown eps factor min_lrs mode num_bad_epochs patience threshold threshold_mode"
    ),
    lr_scheduler.StepLR: "gamma step_size",
    lr_scheduler.MultiStepLR: "gamma milestones",
    lr_scheduler.ExponentialLR: "gamma",
    lr_scheduler.CosineAnnealingLR: "T_max eta_min",
    lr_scheduler.CosineAnnealingWarmRestarts: "T_0 T_cur T_i T_mult eta_min",
    lr_scheduler.LinearLR: "end_factor start_factor total_iters",
    lr_scheduler.ConstantLR: "factor total_iters",
    lr_scheduler.PolynomialLR: "power total_iters",
    lr_scheduler.OneCycleLR: "total_steps",
}
TABLES: dict[type, Members] = {
    lr_scheduler.LRScheduler: Members(
        attributes=_getters("base_lrs last_epoch optimizer _step_count _last_lr"),
        setters={name: _setter(name) for name in ("_step_count", "_last_lr")},
        methods=functions_of(lr_scheduler.LRScheduler, "plain", "get_last_lr")
        | {
            "get_lr": Function(lambda scheduler: scheduler.get_lr(), "plain"),
            "state_dict": Function(_state_of, "plain"),
            "load_state_dict": Function(scheduler_load_state_dict, "special"),
            "step": Function(_step, "plain"),
        },
    ),
    **{cls: Members(attributes=_getters(names)) for cls, names in _TOLD.items()},
}
