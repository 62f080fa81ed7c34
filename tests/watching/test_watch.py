"""watch(): what it keeps, what it says it cannot see, and that nothing stays behind."""

import gc
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.modules import module as modules
from torch.optim import optimizer as optimizers
from torch.utils.data import DataLoader, Dataset

import autograd_explorer as ax
from autograd_explorer.recording import listening
from autograd_explorer.recording.listening import plan_of
from autograd_explorer.records import Sample, shape_of

HERE = __file__
LINES = Path(HERE).read_text(encoding="utf-8").splitlines()
# What is patched or registered for the block alone.
WRAPPED = {
    (torch.autograd, "_engine_run_backward"), (torch.optim.Optimizer, "__init__"),
    (nn.Module, "__call__"), (nn.Module, "__init__"), (nn.Module, "eval"),
    (nn.Module, "register_full_backward_hook"),
    (nn.Parameter, "__new__"), (torch.inference_mode, "__enter__"),
    (torch.inference_mode, "__exit__"),
}  # fmt: skip


def environment():
    return (
        {(owner, name): owner.__dict__.get(name) for owner, name in WRAPPED},
        warnings.showwarning,
        len(torch.overrides._get_current_function_mode_stack()),
        [len(hooks) for name, hooks in sorted(vars(modules).items()) if name.startswith("_global")
         and isinstance(hooks, dict)],
        len(optimizers._global_optimizer_pre_hooks), len(optimizers._global_optimizer_post_hooks),
        torch.is_grad_enabled(), sys.gettrace(), sys.getprofile(),
    )  # fmt: skip


def marked_tensors():
    tensors = [thing for thing in gc.get_objects() if issubclass(type(thing), torch.Tensor)]
    return [tensor for tensor in tensors if any("_line" in k or "mark" in k for k in vars(tensor))]


def step(model, x):
    loss = (model(x) ** 2).mean()
    loss.backward()
    return loss


def model_of(width=4):
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(width, width), nn.ReLU(inplace=True), nn.Linear(width, 1))


@pytest.mark.parametrize("fails", [False, True])
def test_nothing_stays_behind(fails):
    before = environment()
    model, x = model_of(), torch.randn(3, 4)
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    hooks = [len(part._forward_hooks) + len(part._backward_hooks) for part in model.modules()]
    try:
        with ax.watch() as seen:
            loss = step(model, x)
            optimizer.step()
            assert environment() != before
            if fails:
                model(torch.randn(3, 5))
    except RuntimeError as error:
        assert fails and "shapes cannot be multiplied" in str(error)

    assert environment() == before
    assert marked_tensors() == []
    assert all(p._backward_hooks is None for p in model.parameters())
    assert hooks == [len(p._forward_hooks) + len(p._backward_hooks) for p in model.modules()]
    assert vars(loss) == {} and seen.passes == 1


def test_what_another_has_wrapped_since_stays_wrapped():
    original = nn.Module.eval
    try:
        with ax.watch():
            ours = nn.Module.eval
            nn.Module.eval = lambda self: ours(self)
        assert nn.Module.eval is not original
        assert not nn.Linear(1, 1).eval().training
    finally:
        nn.Module.eval = original


def test_a_second_watch_inside_is_refused_and_one_after_it_is_not():
    with ax.watch(), pytest.raises(RuntimeError, match="watched"), ax.watch():
        pass
    with ax.watch():
        pass


def test_a_pass_is_the_same_as_trace_backward_gives():
    model, x = model_of(), torch.randn(3, 4)
    with ax.watch() as seen:
        step(model, x)
    model.zero_grad()
    expected = ax.trace_backward((model(x) ** 2).mean())

    assert [n.name for n in seen.graph.nodes] == [n.name for n in expected.nodes]
    assert seen.graph.order == expected.order
    for one, other in zip(seen.graph.edges, expected.edges, strict=True):
        assert one[:4] == other[:4]
        assert one.gradient is None if other.gradient is None else (
            np.array_equal(one.gradient, other.gradient)
        )  # fmt: skip
    for one, other in zip(seen.graph.nodes, expected.nodes, strict=True):
        for a, b in zip(one.saved, other.saved, strict=True):
            assert (a.name, a.plain, a.nbytes) == (b.name, b.plain, b.nbytes)
            assert a.values is None if b.values is None else np.array_equal(a.values, b.values)


@pytest.mark.parametrize(
    ("keep", "chosen"), [("first", 0), ("last", 7), (6, 6), ("nonfinite", 5), (99, None)]
)
def test_the_pass_to_keep_is_chosen(keep, chosen):
    w = torch.ones(3, requires_grad=True)
    with ax.watch(keep) as seen:
        for i in range(8):
            w.grad = None
            (w * (float("inf") if i == 5 else i)).sum().backward()

    assert seen.passes == 8
    if chosen is None:
        assert seen.graph is None
    else:
        assert seen.graph is seen.graphs[chosen]
        (leaf,) = [node for node in seen.graph.nodes if node.kind == "leaf"]
        assert leaf.upstream[0][0] == (np.inf if chosen == 5 else chosen)


def test_of_a_large_tensor_a_summary_and_a_sample_are_kept():
    w = torch.linspace(-1, 2, 5000).reshape(50, 100).requires_grad_()
    with ax.watch(whole=100) as seen:
        (w.relu() * 3).pow(2).sum().backward()
    (leaf,) = [node for node in seen.graph.nodes if node.kind == "leaf"]
    array, grad = leaf.upstream[0], w.grad

    assert isinstance(array, Sample) and array.size < 100 and shape_of(array) == (50, 100)
    known = array.summary
    assert (known.size, known.dtype, known.nonfinite) == (5000, "torch.float32", 0)
    assert known.norm == pytest.approx(float(grad.norm()))
    assert (known.low, known.high) == (float(grad.min()), float(grad.max()))
    assert known.zeros == pytest.approx(float((grad == 0).double().mean()))
    assert set(array.tolist()) <= set(grad.flatten().tolist())
    row = seen.graph.nodes_frame().iloc[leaf.id]
    assert row["norm"] == pytest.approx(float(grad.norm())) and row["shapes"] == ((50, 100),)
    assert shape_of(seen.graph.nodes[1].upstream[0]) == (50, 100)


@pytest.mark.parametrize(
    "dtype", [torch.bfloat16, torch.float16, torch.float64, torch.complex64, torch.float8_e5m2]
)
def test_any_type_of_number_is_summarised(dtype):
    from autograd_explorer.recording.summaries import Copier

    values = torch.arange(2000, dtype=torch.float32)
    values[7] = float("nan")
    known = Copier(10)(values.to(dtype)).summary

    assert known.nonfinite > 0 and known.size == 2000 and np.isfinite(known.norm)
    assert np.isnan(known.high) and known.zeros == pytest.approx(1 / 2000)


def test_nothing_is_left_on_tensors_that_the_program_has_put_aside_from_the_collector():
    model = torch.nn.Linear(3, 2)
    held = {"x": [torch.randn(3)]}
    inner = torch.randn(2)
    scaled = lambda y: y * inner  # noqa: E731  a closure
    gc.collect()
    gc.freeze()
    try:
        with ax.watch():
            scaled(model(held["x"][0])).sum().backward()
    finally:
        gc.unfreeze()
    for tensor in (*model.parameters(), held["x"][0], inner):
        assert not tensor.__dict__


def test_on_another_device_a_loss_that_is_nan_is_found_as_well(monkeypatch):
    def step():
        w = torch.zeros(3, requires_grad=True)
        with ax.watch() as seen:
            loss = w.sum() + torch.tensor(float("nan"))
            loss.backward()
        return [(f.name, f.status, f.line) for f in seen.findings]

    known = step()
    monkeypatch.setattr(torch.Tensor, "is_cpu", False)
    assert step() == known
    assert known[0][:2] == ("loss", "nonfinite")


def test_a_mistake_that_befalls_a_whole_layer_is_told_once():
    def train():
        net = nn.Sequential(nn.Linear(2, 4), nn.Linear(4, 1))
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        net[1] = nn.Linear(4, 3)
        for _ in range(2):
            optimizer.zero_grad()
            net(torch.ones(3, 2)).sum().backward()
            optimizer.step()

    with ax.watch() as seen:
        train()
    line = train.__code__.co_firstlineno + 3
    told = f"unexpected of net.1.weight, net.1.bias: optimizer_holds_old at {__file__}:{line}"
    assert [text.strip() for text in repr(seen).splitlines()[2:]] == [told]


def test_tensors_that_are_copied_together_are_what_each_is_alone():
    from autograd_explorer.recording.summaries import Copier

    torch.manual_seed(0)
    odd = torch.tensor([[-0.0, float("nan"), -float("inf")]] * 4)
    values = [
        *[torch.randn(3, 4).t() if i % 2 else torch.randn(4, 3) for i in range(6)],
        odd, torch.ones(1, 3).expand(4, 3), torch.randn(5, 6)[1:, ::2], torch.randn(8, 3)[4:],
        *[torch.randn(4, 3, dtype=kind) for kind in (torch.float64, torch.bfloat16) * 5],
        *[torch.nn.Parameter(torch.randn(4, 3)) for _ in range(5)],
        *[torch.tensor(float(i)) for i in range(5)],
        *[torch.empty(0, 3) for _ in range(5)],
        *[torch.randn(30, 30) for _ in range(5)],
        *[torch.tensor([1.0, 0.0, i]).to_sparse() for i in range(5)],
        torch._neg_view(torch.randn(4, 3)),
    ]  # fmt: skip
    copier = Copier(100)
    rows = copier.all([copier.hold(value) for value in [*values, None]])

    alone = [copier(value) for value in values]
    for row, array in zip(rows, alone, strict=False):
        assert row.dtype == array.dtype and row.shape == array.shape
        assert row.tobytes() == array.tobytes() and not row.flags.writeable
        assert getattr(row, "summary", None) == getattr(array, "summary", None)
    assert rows[-1] is None and len(rows) == len(values) + 1
    assert rows[0].base is rows[6].base and rows[0].base is not None
    values[0].zero_()
    assert rows[0].tobytes() == alone[0].tobytes()


def test_a_nan_in_a_large_tensor_is_found_on_its_line():
    x = torch.ones(100, 100)
    x[3, 4] = 0
    w = torch.ones(100, 100, requires_grad=True)
    with ax.watch() as seen:
        loss = (w * x).sqrt().sum()
        loss.backward()
    (finding,) = [f for f in seen.findings if f.status == "nonfinite"]

    assert finding.file == HERE and "sqrt()" in LINES[finding.line - 1]
    assert (finding.cause, finding.severity, finding.name) == ("infinite_slope", "alarm", "w")


class Numbers(Dataset):
    def __len__(self):
        return 8

    def __getitem__(self, i):
        return torch.full((4,), float(i))


@pytest.fixture
def filled_with_nan():
    """PyTorch fills what empty() makes, so that nobody takes it for numbers."""
    torch.use_deterministic_algorithms(True)
    yield
    torch.use_deterministic_algorithms(False)


def test_a_nan_that_happened_to_be_in_memory_is_none_of_the_programs(filled_with_nan):
    with ax.watch() as seen:
        held = nn.Parameter(torch.empty(100))
        nn.init.ones_(held)
        copy = torch.empty_like(held)
        copy.mul_(2)
    (entry,) = [entry for entry in seen.run.ledger if entry.kind == "nonfinite"]

    assert "mul_" in LINES[entry.line - 1]


def test_workers_of_a_data_loader_are_left_alone():
    with ax.watch() as seen:
        model = model_of()
        for batch in DataLoader(Numbers(), batch_size=4, num_workers=2):
            step(model, batch)
    assert seen.passes == 2 and seen.unseen == ()


def test_a_pass_in_another_thread_is_said_to_be_unseen():
    model, x = model_of(), torch.randn(3, 4)
    with ax.watch() as seen:
        thread = threading.Thread(target=step, args=(model, x))
        thread.start()
        thread.join()
    assert seen.unseen == ("other_thread",) and seen.passes == 0
    assert model[0].weight.grad is not None


def test_several_losses_at_once_are_differentiated_and_said_to_be_unseen():
    model, x = model_of(), torch.randn(3, 4)
    with ax.watch() as seen:
        torch.autograd.backward([model(x).sum(), model(x).mean()])
        out = model(x)
        (out.sum() + out.mean()).backward()
    assert seen.unseen == ("several_outputs",) and seen.passes == 1
    assert {f.cause for f in seen.findings} == {"arrived"}


@pytest.mark.parametrize("reentrant", [False, True])
def test_a_checkpoint_computes_no_more_often_than_without(reentrant):
    calls = []

    class Counted(nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = nn.Linear(4, 4)

        def forward(self, x):
            calls.append(1)
            return self.inner(x).tanh()

    block, x = Counted(), torch.randn(3, 4, requires_grad=True)
    with ax.watch() as seen:
        out = torch.utils.checkpoint.checkpoint(block, x, use_reentrant=reentrant)
        out.sum().backward()
    assert len(calls) == 2 and seen.passes == 1
    assert block.inner.weight.grad is not None


def test_a_transform_of_torch_func_is_left_alone():
    with ax.watch() as seen:
        made = torch.func.grad(lambda v: (v**2).sum())(torch.arange(3.0))
        rows = torch.func.vmap(torch.func.grad(lambda v: v.sin()))(torch.arange(3.0))
    assert made.tolist() == [0, 2, 4]
    assert torch.equal(rows, torch.arange(3.0).cos())
    assert set(seen.unseen) <= {"transform"}


@pytest.mark.parametrize("backend", ["eager", "aot_eager"])
def test_what_torch_compile_makes_works_and_is_named(backend):
    model, x = model_of(), torch.randn(3, 4)
    plain = step(model, x).item()
    torch.compiler.reset()
    model.zero_grad()
    fast = torch.compile(model, backend=backend)
    with ax.watch() as seen:
        assert step(fast, x).item() == plain
    assert seen.passes == 1 and model[0].weight.grad is not None
    assert seen.unseen == (() if backend == "eager" else ("compiled",))


def test_warnings_are_heard_and_shown_where_they_belong():
    guess, wanted = torch.randn(3, requires_grad=True), torch.randn(3, 1)
    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("always")
        with ax.watch() as seen:
            warnings.warn("by hand", stacklevel=1)
            nn.functional.mse_loss(guess, wanted).backward()
    assert [one.type for one in seen.warnings] == ["UserWarning"] * 2
    assert len(shown) == 2 and seen.warned_in == (HERE, HERE)
    assert "broadcast" in {f.cause for f in seen.findings}


def test_nothing_is_unseen_of_an_embedding_with_padding():
    with ax.watch() as seen:
        nn.Embedding(5, 3, padding_idx=0)(torch.tensor([0, 2])).sum().backward()

    assert seen.unseen == ()


def test_what_is_saved_in_the_block_has_nothing_of_ours(tmp_path):
    with ax.watch():
        model, held = model_of(), torch.ones(2) * 3
        held.label = "the program's own"
        optimizer = torch.optim.Adam(model.parameters())
        step(model, torch.ones(2, 4))
        optimizer.step()
        torch.save([model.state_dict(), optimizer.state_dict()], tmp_path / "states.pt")
        torch.save([held, model], tmp_path / "whole.pt")
        torch.load(tmp_path / "states.pt")  # refuses classes that it does not know
        again, other = torch.load(tmp_path / "whole.pt", weights_only=False)

    assert vars(again) == {"label": "the program's own"}
    assert not any(vars(parameter) for parameter in other.parameters())


def test_a_tensor_is_let_go_when_the_program_drops_it():
    import weakref

    def train():
        alive = []
        model = model_of()
        for _ in range(3):
            x = torch.randn(3, 4)
            out = model(x)
            out.mean().backward()
            alive.append(weakref.ref(out))
            del out
            gone = [one() is None for one in alive]
        return gone

    plain = train()
    with ax.watch():
        assert train() == plain == [True] * 3


def test_a_fresh_process_watches_with_the_readmes_lines():
    program = """
import torch
from torch import nn
import autograd_explorer as ax
model, criterion = nn.Linear(3, 1), nn.MSELoss()
x, y = torch.randn(4, 3), torch.randn(4, 1)
with ax.watch() as seen:
    loss = criterion(model(x), y)
    loss.backward()
print(seen)
print([node.line for node in seen.graph.nodes][:2], seen.graph.nodes[0].tensor)
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "Seen(1 backward pass)",
        "  BackwardGraph(root MseLossBackward0, 5 nodes, 6 edges, 5 ran)",
        "[8, 8] loss",
    ]


@pytest.mark.parametrize("fails", [False, True])
def test_a_script_runs_unchanged_from_the_command_line(tmp_path, fails):
    program = """
import sys
import helper
import torch
w = torch.ones(2, requires_grad=True)
number = (w * 2).sum().item()
loss = torch.tensor(number, requires_grad=True)
loss.backward()
print(helper.NAME, sys.argv[1:], __name__, w.grad)
"""
    (tmp_path / "helper.py").write_text("NAME = 'helper'")
    script = tmp_path / "train.py"
    script.write_text(program + ("sys.exit(3)" if fails else ""))
    done = subprocess.run(
        [sys.executable, "-m", "autograd_explorer", str(script), "--rate", "1"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == (3 if fails else 0)
    assert done.stdout == "helper ['--rate', '1'] __main__ None\n"
    assert f"none of w: cut_item at {script}:6" in done.stderr


def test_the_command_line_asks_for_a_script():
    done = subprocess.run(
        [sys.executable, "-m", "autograd_explorer", "no_such_file"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1 and "SCRIPT" in done.stderr


def test_an_optimizer_made_before_the_block_tells_which_of_its_parameters_got_nothing():
    net, unused, earlier = nn.Linear(3, 1), nn.Linear(3, 3), nn.Linear(3, 1)
    x = torch.ones(2, 3)
    earlier(x).sum().backward()
    every = [*net.parameters(), *unused.parameters(), *earlier.parameters()]
    optimizer = torch.optim.SGD(every, lr=0.1)
    with ax.watch() as seen:
        net(x).sum().backward()
        optimizer.step()

    told = {one.name: (one.status, one.cause, one.severity) for one in seen.findings}
    nothing = ("none", "unused", "alarm")
    arrived = ("arrived", "arrived", "fact")
    assert told == {
        "unused.weight": nothing,
        "unused.bias": nothing,
        "net.weight": arrived,
        "net.bias": arrived,
    }


class _Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Sequential(nn.Linear(2, 2), nn.Sequential(nn.Linear(2, 2), nn.Tanh()))

    def forward(self, x):
        x = self.inner(x)  # the inner modules
        return _twice(self.inner.forward(x))  # once more


def _twice(x):
    return x * 2  # twice


def _hooked(module, args, made):
    return made.exp()  # in a hook


def test_a_node_stands_on_the_innermost_line_of_the_programs_own_whatever_module_is_called():
    model = nn.Sequential(_Scaled(), nn.ReLU())
    model[0].inner[1][1].register_forward_hook(_hooked)

    with ax.watch() as seen:
        model(torch.ones(1, 2)).sum().backward()  # the loss

    told = [(node.name, LINES[node.line - 1].partition("# ")[2]) for node in seen.graph.nodes]
    places = {
        "SumBackward0": {"the loss"}, "ReluBackward0": {"the loss"}, "MulBackward0": {"twice"},
        "ExpBackward0": {"in a hook"}, "TanhBackward0": {"once more", "the inner modules"},
        "AddmmBackward0": {"once more", "the inner modules"},
    }  # fmt: skip
    for name, expected in places.items():
        assert {place for kind, place in told if kind == name} == expected


@pytest.mark.parametrize("when", ["before the block", "in the block", "after a pass"])
def test_a_hook_on_the_node_of_a_leaf_is_told_apart_from_what_was_sent(when):
    w = torch.ones(2, requires_grad=True)
    node = (w * 1).grad_fn.next_functions[0][0]  # held, so that its hooks last

    def hook():
        node.register_prehook(lambda gradients: (gradients[0] * 5,))

    if when == "before the block":
        hook()
    with ax.watch() as seen:
        if when == "in the block":
            hook()
        (w * 3).sum().backward()
        if when == "after a pass":
            hook()
        w.grad = None
        (w * 3).sum().backward()

    assert w.grad.tolist() == [15, 15]
    graph = seen.graph
    leaf = next(node for node in graph.nodes if node.kind == "leaf")
    (sent,) = [edge.gradient for edge in graph.edges if edge.target == leaf.id]
    assert (sent.tolist(), leaf.upstream[0].tolist()) == ([3, 3], [15, 15])
    if when == "after a pass":
        first = next(one for one in seen.graphs[0].nodes if one.kind == "leaf")
        assert first.upstream[0].tolist() == [3, 3]


REPLACING = {
    "tensor": lambda h: h.register_hook(lambda g: g * 10),
    "before": lambda h: h.grad_fn.register_prehook(lambda gs: (gs[0] * 10,)),
    "after": lambda h: h.grad_fn.register_hook(lambda sent, _: (sent[0] * 10,)),
}


@pytest.mark.parametrize("hook", REPLACING)
@pytest.mark.parametrize("when", ["before the block", "in the block", "after a pass"])
def test_a_gradient_that_is_replaced_is_told_as_it_arrives_whenever_the_hook_was_put_on(hook, when):
    w = torch.full((2,), 0.5, requires_grad=True)
    h = w.sin()
    if when == "before the block":
        REPLACING[hook](h)
    with ax.watch() as seen:
        h = h if when == "before the block" else w.sin()
        if when == "after a pass":
            h.exp().sum().backward(retain_graph=True)
            w.grad = None
        if when != "before the block":
            REPLACING[hook](h)
        h.exp().sum().backward()
    received = {node.name: torch.tensor(node.upstream[0]) for node in seen.graph.nodes}

    assert torch.equal(received["AccumulateGrad"], w.grad)
    scale = 1 if hook == "after" else 10
    assert torch.allclose(received["SinBackward0"], scale * w.sin().exp())
    assert torch.allclose(w.grad, 10 * w.sin().exp() * w.cos())


def test_what_a_leaf_received_is_told_though_its_hook_takes_it_away():
    model = model_of()
    for parameter in model.parameters():
        parameter.register_post_accumulate_grad_hook(lambda leaf: setattr(leaf, "grad", None))
    with ax.watch() as seen:
        step(model, torch.ones(2, 4))

    assert all(parameter.grad is None for parameter in model.parameters())
    leaves = [node for node in seen.graph.nodes if node.kind == "leaf"]
    assert len(leaves) == 4 and all(node.upstream[0] is not None for node in leaves)


def test_of_a_layer_one_node_is_listened_to(monkeypatch):
    plans = []

    def planned(*given):
        plans.append(plan_of(*given))
        return plans[-1]

    monkeypatch.setattr(listening, "plan_of", planned)
    model = nn.Sequential(*[part for _ in range(9) for part in (nn.Linear(3, 3), nn.Tanh())])
    with ax.watch():
        step(model, torch.ones(2, 3))

    # The mean, the first to come, and of nine layers the product and what follows it.
    assert [len(plan.heard) for plan in plans] == [11]
