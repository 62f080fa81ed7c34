"""The programs of the lessons: each a text that runs as it is, made from the dials."""

from collections.abc import Callable, Mapping

from core.problem import FORWARD, Problem, program, under

_Z, _LOSS = FORWARD

# How the forward pass is run → its lines.
_MODES: Mapping[str, Callable[[Problem], tuple[str, ...]]] = {
    "normal": lambda _: FORWARD,
    "no_grad": lambda _: under("with torch.no_grad():", *FORWARD),
    "inference_mode": lambda _: under("with torch.inference_mode():", *FORWARD),
    "detach": lambda _: ("z = (torch.matmul(x, w) + b).detach()", _LOSS),
    "frozen": lambda _: ("w.requires_grad_(False)", "b.requires_grad_(False)", *FORWARD),
    "eval": lambda problem: (
        f"model = torch.nn.Linear({problem.n_in}, {problem.n_out})",
        "model.eval()",
        "z = model(x)",
        _LOSS,
    ),
    "enable_inside": lambda _: under(
        "with torch.no_grad():", *under("with torch.enable_grad():", *FORWARD)
    ),
    "flag": lambda _: under("with torch.set_grad_enabled(False):", *FORWARD),
}
MODES = tuple(_MODES)
CLEARS = ("never", "zero", "none")
CALLS = range(2, 7)


def recording_program(problem: Problem, mode: str) -> str:
    """The forward pass in one of MODES, then backward.

    Raises:  KeyError, for a mode that does not exist
    """
    return program(
        *problem.setup,
        *_MODES[mode](problem),
        "",
        "print(z.requires_grad, z.is_leaf, z.grad_fn)",
        "loss.backward()",
    )


def lifetime_program(problem: Problem, calls: int, clear: str) -> str:
    """Forward and backward several times in a row; between them .grad is left, zeroed or dropped.

    Raises:  KeyError, for a way of clearing that does not exist
    """
    clearing = {
        "never": (),
        "zero": ("w.grad.zero_()", "b.grad.zero_()"),
        "none": ("w.grad = None", "b.grad = None"),
    }[clear]
    body = (*FORWARD, "loss.backward()", "total = b.grad.clone()", "print(call, total)", *clearing)
    return program(*problem.setup, "", *under(f"for call in range(1, {calls + 1}):", *body))


def second_backward_program(problem: Problem, *, retain: bool) -> str:
    """What the graph holds before and after a backward pass, and a second pass through it."""
    first = "loss.backward(retain_graph=True)" if retain else "loss.backward()"
    look = "print(loss.grad_fn._saved_target)"
    return program(
        *problem.setup,
        *FORWARD,
        "",
        look,
        first,
        *under("try:", look),
        *under("except RuntimeError as error:", "print(error)"),
        "",
        "loss.backward()",
        "print(b.grad)",
    )


LEAVES = ("w", "z", "kept", "moved", "apart", "number", "whole")


def leaf_program(problem: Problem) -> str:
    """Tensors made in every way that decides whether they get a .grad."""
    return program(
        *problem.setup,
        "moved = torch.randn(3, requires_grad=True).to(torch.float64)",
        "whole = torch.arange(3)",
        "",
        "z = torch.matmul(x, w) + b",
        "kept = z * 2",
        "kept.retain_grad()",
        "apart = kept.detach()",
        "loss = F.binary_cross_entropy_with_logits(kept, y) + moved.sum()",
        "number = loss.item()",
        "loss.backward()",
        "",
        *(
            line
            for name in ("w", "z", "kept", "moved", "apart", "whole")
            for line in (f'print("{name}", {name}.is_leaf, {name}.requires_grad, {name}.grad_fn)',)
        ),
    )
