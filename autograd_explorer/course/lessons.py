"""The programs of the lessons: each a text that runs as it is, made from the dials."""

from collections.abc import Callable, Mapping, Sequence

from autograd_explorer.course.problem import FORWARD, Problem, program, under

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


def steps_program(problem: Problem) -> str:
    """A backward pass in which two gradients meet: z is used twice."""
    forward = (
        _Z,
        "error = F.binary_cross_entropy_with_logits(z, y)",
        "penalty = (z ** 2).sum()",
        "loss = error + 0.01 * penalty",
    )
    return program(
        *problem.setup,
        *(forward if problem.recording else under("with torch.no_grad():", *forward)),
        "",
        "loss.backward()",
        "print(w.grad)",
        "print(b.grad)",
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


def deleted_program(problem: Problem) -> str:
    """Names taken away from a graph, one after another, while something still refers to it."""
    return program(
        *problem.setup,
        *FORWARD,
        "",
        "node = loss.grad_fn",
        "del loss, z",
        "print(node, node._saved_target)",
        "behind = node.next_functions[0][0]",
        "del node",
        "print(behind, behind.next_functions[1][0].variable is b)",
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


POWERS = range(1, 13)


def proof_program(problem: Problem) -> str:
    """One derivative three ways: autograd, by hand, and finite differences of every step size.

    Leaves errors (2, 12) in float64: |difference − exact| in float32 and float64, by power of ten.
    """
    return program(
        *problem.setup,
        "",
        *under(
            "def loss_of(w, b, x, y):",
            "z = torch.matmul(x, w) + b",
            "return F.binary_cross_entropy_with_logits(z, y)",
        ),
        "",
        "loss = loss_of(w, b, x, y)",
        "loss.backward()",
        "by_autograd = w.grad[0, 0]",
        f"by_hand = x[0] * (torch.sigmoid(x @ w + b) - y)[0] / {problem.n_out}",
        "",
        "exact_w = w.detach().double().requires_grad_()",
        "constants = b.detach().double(), x.double(), y.double()",
        "(exact,) = torch.autograd.grad(loss_of(exact_w, *constants), exact_w)",
        "print(by_autograd.item(), by_hand.item(), exact[0, 0].item())",
        "print(torch.autograd.gradcheck(lambda v: loss_of(exact_w + v, *constants),",
        "                               torch.zeros(1, dtype=torch.float64, requires_grad=True)))",
        "",
        f"errors = torch.zeros(2, {len(POWERS)}, dtype=torch.float64)",
        *under(
            "for row, dtype in enumerate((torch.float32, torch.float64)):",
            "w_, b_, x_, y_ = (t.to(dtype) for t in (exact_w.detach(), *constants))",
            "corner = torch.zeros_like(w_)",
            "corner[0, 0] = 1",
            *under(
                f"for power in range({POWERS.start}, {POWERS.stop}):",
                "step = 10.0 ** -power",
                "nudge = step * corner",
                "rise = loss_of(w_ + nudge, b_, x_, y_) - loss_of(w_ - nudge, b_, x_, y_)",
                "errors[row, power - 1] = abs(rise.double() / (2 * step) - exact[0, 0])",
            ),
        ),
        "print(errors)",
    )


VECTORS = ("ones", "first", "ramp", "own")


def jacobian_program(problem: Problem, vector: str, own: Sequence[float] = (1.0,)) -> str:
    """vᵀJ by one backward, the Jacobian row by row in reverse mode and column by column in forward
    mode, a second derivative.

    Leaves jacobian (n_out, n_in), pulled (n_in,), and curvature with a graph of its own.
    own     the numbers of v where the vector is "own"; repeated if z is longer
    Raises:  KeyError, for a vector that does not exist
    """
    numbers = [own[i % len(own)] for i in range(problem.n_out)]
    v = {
        "own": f"v = torch.tensor({numbers})",
        "ones": f"v = torch.ones({problem.n_out})",
        "first": f"v = torch.zeros({problem.n_out})\nv[0] = 1",
        "ramp": f"v = torch.arange(1.0, {problem.n_out + 1})",
    }[vector]
    return program(
        *problem.setup,
        "",
        "x = x.clone().requires_grad_()",
        *under("def f(x):", "return torch.sigmoid(torch.matmul(x, w) + b)"),
        "",
        "z = f(x)",
        *v.split("\n"),
        "(pulled,) = torch.autograd.grad(z, x, v, retain_graph=True)",
        "",
        "rows = []",
        *under(
            "for unit in torch.eye(len(z)):",
            "(row,) = torch.autograd.grad(z, x, unit, retain_graph=True)",
            "rows.append(row)",
        ),
        "jacobian = torch.stack(rows)",
        "columns = []",
        *under(
            "for unit in torch.eye(len(x)):",
            "_, column = torch.func.jvp(f, (x,), (unit,))",
            "columns.append(column)",
        ),
        "print(torch.allclose(v @ jacobian, pulled, atol=1e-6))",
        "print(torch.allclose(torch.stack(columns, dim=1), jacobian, atol=1e-6))",
        "",
        "(slope,) = torch.autograd.grad(z.sum(), x, create_graph=True)",
        "curvature = slope.sum()",
        "curvature.backward()",
        "print(x.grad)",
    )


OPTIMIZERS = ("sgd", "momentum", "adam")
RATES = ("0.01", "0.1", "0.4", "1.0", "10.0")
STEPS = ("5", "20", "60", "240")
GRID = 21


def training_program(problem: Problem, optimizer: str, rate: str, steps: int) -> str:
    """Training by the mean squared error, with everything that moves written down.

    Leaves losses (steps,), ws and grads (steps, n_in, n_out), biases (steps,) of b[0], and
    surface (21, 21): the loss over w[0, 0] (rows, at across) and b[0] (columns, at along), the
    other parameters as they are in the end.
    Raises:  KeyError, for an optimizer that does not exist
    """
    made = {
        "sgd": f"torch.optim.SGD([w, b], lr={rate})",
        "momentum": f"torch.optim.SGD([w, b], lr={rate}, momentum=0.9)",
        "adam": f"torch.optim.Adam([w, b], lr={rate})",
    }[optimizer]
    shape = f"{problem.n_in}, {problem.n_out}"
    return program(
        *problem.setup,
        "",
        f"optimizer = {made}",
        "losses, biases, ws, grads = [], [], [], []",
        "",
        *under(
            f"for step in range({steps}):",
            "z = torch.matmul(x, w) + b",
            "loss = F.mse_loss(z, y)",
            "loss.backward()",
            "losses.append(loss.item())",
            "biases.append(b[0].item())",
            "ws.append(w.detach().clone())",
            "grads.append(w.grad.clone())",
            "optimizer.step()",
            "optimizer.zero_grad()",
        ),
        "print(losses[0], losses[-1])",
        "",
        "losses, biases = torch.tensor(losses), torch.tensor(biases)",
        "ws, grads = torch.stack(ws), torch.stack(grads)",
        "path = ws[:, 0, 0]",
        f"across = torch.linspace(path.min().item() - 1, path.max().item() + 1, {GRID})",
        f"along = torch.linspace(biases.min().item() - 1, biases.max().item() + 1, {GRID})",
        *under(
            "with torch.no_grad():",
            f"many = w.expand({GRID}, {shape}).clone()",
            "many[:, 0, 0] = across",
            f"base = torch.matmul(x, many).unsqueeze(1) + b.expand({GRID}, -1)",
            f"base = base.expand({GRID}, {GRID}, -1).clone()",
            "base[:, :, 0] += along - b[0]",
            "surface = ((base - y) ** 2).mean(-1)",
        ),
    )


DEPTHS = ("2", "8", "16", "32")
ACTIVATIONS = ("sigmoid", "tanh", "relu")
INITS = ("small", "xavier", "kaiming", "large")
DEEP_WIDTH = 16


def deep_program(problem: Problem, depth: int, activation: str, init: str, *, skip: bool) -> str:
    """A chain of equal layers; the norm of the loss's gradient with respect to what each of them
    puts out, of the gradient of each one's weights, and its dead units. Norms are in float64: the
    squares in one leave the range of float32 long before the gradient does.

    Leaves norms, weight_norms and dead (depth,), the layer next to the input first.
    Raises:  KeyError, for an initialisation that does not exist
    """
    scale = {
        "small": "0.05",
        "xavier": f"(1 / {DEEP_WIDTH}) ** 0.5",
        "kaiming": f"(2 / {DEEP_WIDTH}) ** 0.5",
        "large": "1.0",
    }[init]
    forward = f"a = torch.{activation}(h @ weight)"
    return program(
        "import torch",
        "",
        f"torch.manual_seed({problem.seed})",
        f"weights = [({scale} * torch.randn({DEEP_WIDTH}, {DEEP_WIDTH})).requires_grad_()",
        f"           for _ in range({depth})]",
        f"h = torch.randn(32, {DEEP_WIDTH})",
        "layers, dead = [], []",
        *under(
            "for weight in weights:",
            forward,
            "dead.append((a.detach() == 0).all(dim=0).sum())",
            "h = h + a" if skip else "h = a",
            "h.retain_grad()",
            "layers.append(h)",
        ),
        "loss = h.pow(2).mean()",
        "loss.backward()",
        "norms = torch.stack([h.grad.double().norm() for h in layers])",
        "weight_norms = torch.stack([weight.grad.double().norm() for weight in weights])",
        "dead = torch.stack(dead)",
        "print(norms)",
        "print(dead, dead.sum())",
        "total_dead = dead.sum().item()",
    )
