import contextlib
import gc
import itertools
import random
import time
import weakref

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional as F

import autograd_explorer as ax
from autograd_explorer.recording import listening
from autograd_explorer.recording.listening import FOLLOW, plan_of
from autograd_explorer.recording.trace import RecordedGraph

UNARY = [torch.sin, torch.tanh, torch.exp, lambda t: t * 2, lambda t: t.sum(0, keepdim=True) + t]
BINARY = [torch.add, torch.mul, torch.sub, torch.maximum]


@st.composite
def expressions(draw):
    """A few leaves, some without gradients, and a random expression over them."""
    leaves = [
        torch.linspace(-1, 1, 4, dtype=torch.float64)
        .add(i / 10)
        .requires_grad_(i == 0 or draw(st.booleans()))
        for i in range(draw(st.integers(1, 4)))
    ]
    values = list(leaves)
    pick = lambda options: draw(st.sampled_from(options))  # noqa: E731
    for _ in range(draw(st.integers(1, 12))):
        if draw(st.booleans()):
            values.append(pick(UNARY)(values[draw(st.integers(0, len(values) - 1))]))
        else:
            one, two = (values[draw(st.integers(0, len(values) - 1))] for _ in range(2))
            values.append(pick(BINARY)(one, two))
    return leaves, sum(value.sum() for value in values)


def arriving(graph, node_id, input_nr):
    """The sum of what reaches one output of a node over its edges."""
    gradients = [
        edge.gradient
        for edge in graph.edges
        if (edge.target, edge.input_nr) == (node_id, input_nr) and edge.gradient is not None
    ]
    return sum(gradients) if gradients else None


@given(expressions())
@settings(max_examples=150, deadline=None)
def test_what_reaches_a_node_adds_up_and_leaves_get_what_plain_backward_gives(example):
    leaves, output = example
    wanted = [leaf for leaf in leaves if leaf.requires_grad]
    expected = torch.autograd.grad(output, wanted, retain_graph=True, allow_unused=True)
    names = {f"leaf{i}": leaf for i, leaf in enumerate(wanted)}

    graph = ax.trace_backward(output, names=names)

    for leaf, gradient in zip(wanted, expected, strict=True):
        assert (leaf.grad is None) == (gradient is None)
        assert gradient is None or torch.allclose(leaf.grad, gradient, rtol=1e-12, atol=1e-12)
    for node in graph.nodes[1:]:
        for number, upstream in enumerate(node.upstream):
            total = arriving(graph, node.id, number)
            assert (total is None) == (upstream is None)
            assert total is None or np.allclose(total, upstream, rtol=1e-12, atol=1e-12)
    by_name = {node.tensor: node for node in graph.nodes if node.kind == "leaf"}
    for name, leaf in names.items():
        if leaf.grad is not None:
            assert (by_name[name].upstream[0] == leaf.grad.numpy()).all()


@given(expressions())
@settings(max_examples=60, deadline=None)
def test_ids_are_positions_and_the_engine_runs_a_node_after_all_that_feed_it(example):
    graph = ax.trace_backward(example[1])

    assert [node.id for node in graph.nodes] == list(range(len(graph.nodes)))
    assert sorted(graph.order) == list(range(len(graph.nodes)))
    assert graph.order[0] == 0
    turn = {node: i for i, node in enumerate(graph.order)}
    for edge in graph.edges:
        assert edge.target is None or turn[edge.source] < turn[edge.target]


def test_a_shared_subexpression_is_one_node_that_sums_its_edges():
    w = torch.tensor([2.0, 3.0], requires_grad=True)
    shared = w * w

    graph = ax.trace_backward((shared * 10 + shared).sum(), names={"shared": shared, "w": w})

    node = next(node for node in graph.nodes if node.tensor == "shared")
    edges = [edge for edge in graph.edges if edge.target == node.id]
    assert sorted(edge.gradient[0] for edge in edges) == [1, 10]
    assert (node.upstream[0] == [11, 11]).all()
    assert (w.grad == torch.tensor([44.0, 66.0])).all()
    # w enters the product twice: two edges into one leaf.
    leaf = next(node for node in graph.nodes if node.tensor == "w")
    assert sum(edge.target == leaf.id for edge in graph.edges) == 2


def test_a_node_with_several_outputs_says_which_one_a_gradient_is_for():
    w = torch.arange(6.0, requires_grad=True)
    first, _, third = w.split(2)

    graph = ax.trace_backward((first * 2 + third * 5).sum())

    split = next(node for node in graph.nodes if len(node.shapes) == 3)
    assert split.shapes == ((2,), (2,), (2,))
    assert [None if g is None else g.tolist() for g in split.upstream] == [[2, 2], None, [5, 5]]
    assert {edge.input_nr for edge in graph.edges if edge.target == split.id} == {0, 2}


def test_a_root_reached_through_its_second_output_is_understood():
    w = torch.arange(4.0, requires_grad=True)

    graph = ax.trace_backward(w.split(2)[1].sum())

    split = graph.nodes[1]
    assert [g is None for g in split.upstream] == [True, False]


def test_an_input_that_needs_no_gradient_is_an_edge_to_nowhere():
    w = torch.ones(2, requires_grad=True)

    graph = ax.trace_backward((w * torch.ones(2)).sum())

    (empty,) = [edge for edge in graph.edges if edge.target is None]
    assert graph.nodes[empty.source].kind == "operation"
    assert empty.gradient is None


def test_a_non_scalar_output_needs_gradient_and_uses_it():
    w = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    with pytest.raises(ax.NotScalar) as caught:
        ax.trace_backward(w * w)

    graph = ax.trace_backward(w * w, gradient=torch.tensor([1.0, 10.0, 100.0]))

    assert caught.value.shape == (3,)
    assert graph.nodes[0].upstream[0].tolist() == [1, 10, 100]
    assert w.grad.tolist() == [2, 40, 600]


@pytest.mark.parametrize("requires_grad", [False, True])
def test_without_a_grad_fn_there_is_nothing_to_trace(requires_grad):
    with pytest.raises(ax.NothingRecorded):
        ax.trace_backward(torch.ones((), requires_grad=requires_grad))


def test_pytorchs_own_error_comes_through_and_leaves_no_hook_behind():
    w = torch.ones(2, requires_grad=True)
    output = (w * w).sum()
    ax.trace_backward(output)

    with pytest.raises(RuntimeError, match="second time"):
        ax.trace_backward(output)

    again = (w * w).sum()
    graph = RecordedGraph(again.grad_fn, {}, {})
    with pytest.raises(RuntimeError, match="our own"), graph.listening():
        raise RuntimeError("our own")
    again.backward()
    assert graph.view().order == ()


def test_hooks_are_gone_after_a_trace():
    w = torch.ones(2, requires_grad=True)
    output = (w * w).sum()
    graph = RecordedGraph(output.grad_fn, {}, {})
    with graph.listening():
        output.backward(retain_graph=True)
    seen = len(graph.view().order)

    output.backward()

    assert seen == len(graph.nodes)
    assert len(graph.view().order) == seen


def test_retain_graph_allows_a_second_pass_that_adds_to_grad():
    w = torch.ones(2, requires_grad=True)
    output = (w * 3).sum()

    ax.trace_backward(output, retain_graph=True)
    ax.trace_backward(output)

    assert w.grad.tolist() == [6, 6]


def test_saved_tensors_are_read_while_held_and_known_to_be_freed_afterwards():
    w = torch.tensor([2.0, 3.0], requires_grad=True)
    output = (w * w).sum()
    before = ax.trace_backward(output)
    after = ax.record_graph(output)

    product = before.nodes[1]
    assert {saved.name: saved.values.tolist() for saved in product.saved} == {
        "self": [2, 3],
        "other": [2, 3],
    }
    assert before.saved_bytes == 8  # both are w itself, of two float32: one piece of memory
    assert all(saved.held for saved in product.saved)
    assert not any(saved.held for saved in after.nodes[1].saved)
    assert all(saved.values is None for saved in after.nodes[1].saved)


def test_a_custom_function_shows_what_it_saved():
    class Square(torch.autograd.Function):
        @staticmethod
        def forward(ctx, a):
            ctx.save_for_backward(a)
            ctx.variable = "a name that a leaf's node uses too"
            return a * a

        @staticmethod
        def backward(ctx, upstream):
            return 2 * ctx.saved_tensors[0] * upstream

    w = torch.tensor([3.0], requires_grad=True)

    graph = ax.trace_backward(Square.apply(w))

    assert graph.nodes[0].name == "SquareBackward"
    assert graph.nodes[0].kind == "operation"
    assert graph.nodes[0].saved[0].values.tolist() == [3]
    assert w.grad.tolist() == [6]


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.complex64])
def test_types_that_numpy_lacks_or_that_are_complex_are_copied_too(dtype):
    w = torch.ones(2, dtype=dtype, requires_grad=True)

    graph = ax.trace_backward((w * 2).abs().sum())

    assert graph.nodes[-1].upstream[0].shape == (2,)
    assert abs(graph.nodes[-1].upstream[0]).tolist() == [2, 2]


def test_a_sparse_gradient_is_shown_dense():
    table = nn.Embedding(4, 2, sparse=True)

    graph = ax.trace_backward(
        table(torch.tensor([1, 1])).sum(), names=dict(table.named_parameters())
    )

    leaf = next(node for node in graph.nodes if node.tensor == "weight")
    assert leaf.upstream[0].tolist() == [[0, 0], [2, 2], [0, 0], [0, 0]]


@pytest.mark.parametrize("operations", [20_000, 100_000])
def test_long_chains_need_no_recursion(operations):
    w = torch.ones((), requires_grad=True)
    z = w
    for _ in range(operations):
        z = z + 1

    graph = ax.trace_backward(z)

    assert len(graph.nodes) == operations + 1
    assert graph.order[-1] == operations
    assert w.grad == 1


def test_a_hook_that_replaces_a_gradient_does_not_hide_what_was_sent():
    w = torch.ones(2, requires_grad=True)
    w.register_hook(lambda gradient: gradient * 100)
    z = w * 3
    z.register_hook(lambda gradient: gradient * 10)

    graph = ax.trace_backward(z.sum(), names={"w": w, "z": z})

    product, leaf = (next(n for n in graph.nodes if n.tensor == name) for name in "zw")
    into = {edge.target: edge.gradient.tolist() for edge in graph.edges if edge.target is not None}
    assert (into[product.id], product.upstream[0].tolist()) == ([1, 1], [10, 10])
    assert (into[leaf.id], leaf.upstream[0].tolist()) == ([30, 30], [3000, 3000])
    assert w.grad.tolist() == [3000, 3000]


def test_a_trace_keeps_no_graph_alive():
    class Marked(torch.autograd.Function):
        @staticmethod
        def forward(ctx, a):
            ctx.marker = Marker()
            markers.append(weakref.ref(ctx.marker))
            return a * 1

        @staticmethod
        def backward(ctx, upstream):
            return upstream

    class Marker:
        pass

    markers = []
    output = Marked.apply(torch.ones(3, requires_grad=True)).sum()
    graph = ax.trace_backward(output)
    assert markers[0]() is not None

    del output
    gc.collect()

    assert markers[0]() is None
    assert graph.nodes[0].upstream[0] == 1


@pytest.mark.alone
def test_tracing_costs_at_most_four_times_plain_forward_and_backward():
    model = nn.Sequential(*itertools.chain(*((nn.Linear(16, 16), nn.ReLU()) for _ in range(100))))
    x = torch.ones(1, 16)

    def seconds(back, parts):
        start = time.process_time()
        output = model(x).sum()
        middle = time.process_time()
        back(output)
        end = time.process_time()
        return {"all": end - start, "backward": end - middle}[parts]

    # The best of many is what the code costs; the rest is what else the machine does, which takes
    # little of this process's own time.
    plain = min(seconds(torch.Tensor.backward, "all") for _ in range(30))
    traced = min(seconds(ax.trace_backward, "backward") for _ in range(30))

    assert traced / plain <= 4


def test_recording_a_graph_runs_nothing():
    w = torch.ones(2, requires_grad=True)
    output = (w * w).sum()

    graph = RecordedGraph(output.grad_fn, {}, {}).view()

    assert w.grad is None
    assert graph.order == ()
    output.backward()  # nothing was freed


@pytest.mark.parametrize("collects", [True, False])
def test_the_collector_rests_during_a_trace_and_is_afterwards_as_it_was(collects):
    during = []

    def back(upstream):
        during.append(gc.isenabled())
        if len(during) == 2:
            raise RuntimeError("of the program")
        return upstream

    x = torch.ones(2, requires_grad=True)
    x.register_hook(back)
    before = gc.isenabled()
    (gc.enable if collects else gc.disable)()
    try:
        ax.trace_backward((x * 2).sum())
        assert gc.isenabled() is collects
        with pytest.raises(RuntimeError, match="of the program"):
            ax.trace_backward((x * 2).sum())
        assert gc.isenabled() is collects
    finally:
        (gc.enable if before else gc.disable)()

    assert during == [False, False]


class Keeps(torch.autograd.Function):
    """Sends nothing to its input, which is run all the same."""

    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, upstream):
        return None


def of_the_same_leaf_twice():
    w = torch.randn(3, 3)
    w.requires_grad_()
    return (F.linear(torch.ones(2, 3), w).tanh() @ w).sum()


def with_a_hook():
    model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 1))
    model[0].bias.register_hook(lambda gradient: gradient * 3)
    model[2].weight.register_hook(lambda gradient: gradient.clamp(-0.1, 0.1))
    return model(torch.randn(5, 3)).sum()


def with_a_leaf_of_its_own():
    scale, shift, kept = (torch.randn(4, requires_grad=True) for _ in range(3))
    return (scale * torch.randn(4) + shift.exp() + Keeps.apply(kept)).sum()


def with_an_optimizer_inside():
    w = torch.randn(3, requires_grad=True)
    w.register_post_accumulate_grad_hook(lambda leaf: setattr(leaf, "grad", None))
    return F.linear(torch.randn(2, 3), w[None]).sum()


LEADING_TO_LEAVES = [
    of_the_same_leaf_twice,
    with_a_hook,
    with_a_leaf_of_its_own,
    with_an_optimizer_inside,
    lambda: nn.Sequential(*[nn.Linear(3, 3) for _ in range(4)])(torch.randn(2, 3)).sum(),
    lambda: nn.Conv1d(2, 3, 2)(torch.randn(1, 2, 5)).square().sum(),
    lambda: nn.TransformerEncoderLayer(4, 2, 8, dropout=0.0)(torch.randn(3, 2, 4)).sum(),
    lambda: nn.LSTM(3, 4, num_layers=2)(torch.randn(5, 1, 3))[0].sum(),
]


@pytest.mark.parametrize("make", LEADING_TO_LEAVES)
def test_a_leaf_that_is_followed_is_told_as_one_that_is_listened_to(make):
    torch.manual_seed(0)
    output = make()
    listened, followed = (
        RecordedGraph(output.grad_fn, {}, {}, everywhere=everywhere) for everywhere in (False, True)
    )
    leaves = [leaf for _, leaf in listened.leaves()]
    grads = []

    for graph in (listened, followed):
        for leaf in leaves:
            leaf.grad = None
        with graph.listening():
            output.backward(retain_graph=True)
        grads.append([leaf.grad for leaf in leaves])

    known, told = listened.view(), followed.view()
    assert told.order == known.order
    assert told.filled == known.filled
    assert _ways_of(told) == _ways_of(known)
    for one, other in zip(*grads, strict=True):
        assert one is other is None or torch.equal(one, other)


def _ways_of(graph):
    arrived = [[None if g is None else g.tolist() for g in node.upstream] for node in graph.nodes]
    sent = [None if edge.gradient is None else edge.gradient.tolist() for edge in graph.edges]
    return arrived, sent, [edge._replace(gradient=None) for edge in graph.edges]


def test_the_leaves_of_linear_layers_need_no_hooks():
    model = nn.Sequential(*[nn.Linear(3, 3) for _ in range(4)])
    graph = RecordedGraph(model(torch.ones(2, 3)).sum().grad_fn, {}, {}, everywhere=True)

    assert graph._ways_to_keep().count(FOLLOW) == len(list(graph.leaves())) == 8


def of_several_outputs():
    w = torch.randn(6, requires_grad=True)
    high, _ = w.exp().split(3)[0].max(0)
    return high * w[1:4].unbind()[1].square()


def of_a_leaf_with_a_gradient():
    w = torch.ones(2, requires_grad=True)
    w.sum().backward()
    return ((w * 3).exp().sin() * torch.ones(2, requires_grad=True).cos()).sum()


def of_a_sum_whose_parts_meet():
    w, b = torch.ones(2, requires_grad=True), torch.zeros(2, requires_grad=True)
    h = (w * 2 + b).tanh().exp()
    return (h * h + h.sin() + b).sum()


def with_a_function_of_our_own():
    w = torch.ones(2, requires_grad=True)
    return _Doubled.apply(w.exp().sin()).cos().sum()


class _Doubled(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, g):
        return g * 2


def with_batch_norm():
    layers = nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU(), nn.Flatten(), nn.Linear(8, 3)
    return nn.Sequential(*layers)(torch.randn(2, 1, 4, 4)).logsumexp(1).sum()


UNALTERED = [
    *[make for make in LEADING_TO_LEAVES if make not in (with_a_hook, with_an_optimizer_inside)],
    of_several_outputs,
    of_a_leaf_with_a_gradient,
    of_a_sum_whose_parts_meet,
    with_a_function_of_our_own,
    with_batch_norm,
]


@pytest.mark.parametrize("make", UNALTERED)
def test_a_plan_tells_what_listening_to_every_node_tells(make):
    told = []
    for unaltered in (False, True):
        torch.manual_seed(0)
        output = make()
        graph = RecordedGraph(output.grad_fn, {}, {}, everywhere=unaltered, unaltered=unaltered)
        with graph.listening():
            output.backward()
        view = graph.view()
        told.append((view.order, view.filled, _ways_of(view)))

    assert told[0] == told[1]
    assert len(told[0][0]) == len(graph.nodes)


@given(st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_a_plan_tells_the_same_of_any_graph(seed):
    told = []
    for unaltered in (False, True):
        output = _any_graph(seed)
        graph = RecordedGraph(output.grad_fn, {}, {}, everywhere=unaltered, unaltered=unaltered)
        with graph.listening():
            output.backward()
        view = graph.view()
        told.append((view.order, _ways_of(view)))

    assert told[0] == told[1]


def bits(tensor):
    """To compare also what is NaN."""
    return tensor.contiguous().numpy().tobytes()


@given(st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_a_pass_leaves_in_each_grad_what_it_leaves_unheard(seed):
    """Its version, its strides and what it shares memory with tell whether PyTorch has put the very
    tensor there or a copy, which depends on who holds that tensor."""
    left = []
    for way in ("unheard", "every node", "a plan"):
        leaves, output = _any_tree(seed)
        planned = way == "a plan"
        graph = RecordedGraph(output.grad_fn, {}, {}, everywhere=planned, unaltered=planned)
        with graph.listening() if way != "unheard" else contextlib.nullcontext():
            output.backward()
        memory = [leaf.grad.untyped_storage().data_ptr() for leaf in leaves]
        left.append(
            [
                (bits(leaf.grad), leaf.grad._version, leaf.grad.stride(), memory.index(begin))
                for leaf, begin in zip(leaves, memory, strict=True)
            ]
        )

    assert left[0] == left[1] == left[2]


def _any_tree(seed):
    """Some leaves, and what they are joined to until one is left; each is used once."""
    drawn = random.Random(seed)  # noqa: S311
    shape = drawn.choice([(2, 2), (1, 2), (1, 1), (3,)])
    leaves = [torch.full(shape, 0.1 * i, requires_grad=True) for i in range(drawn.randint(1, 6))]
    for leaf in leaves:
        if drawn.random() < 0.3:
            leaf.grad = torch.ones(shape)
    joined = (
        torch.add, torch.mul, torch.sub,
        lambda a, b: torch.stack([a, b]).sum(0),
        lambda a, b: torch.cat([a, b]).split(len(a))[1], torch.maximum, torch.hypot,
        lambda a, b: torch.where(a > b, a, b), lambda a, b: torch.lerp(a, b, 0.5),
        lambda a, b: F.linear(a, b.expand(a.shape[-1], a.shape[-1])) if a.ndim == 2 else a - b,
        lambda a, b: torch.einsum("...i,...i->...i", a, b), lambda a, b: a + b.sum(),
    )  # fmt: skip
    alone = (
        lambda a: a * 2, torch.relu, lambda a: a.mean(0, keepdim=True).expand(shape),
        lambda a: a.unsqueeze(0).squeeze(0), lambda a: a.movedim(0, -1).contiguous().movedim(0, -1), torch.square,
        lambda a: a.unbind()[0].expand(shape), lambda a: a.flip(0), lambda a: a.double().float(),
        lambda a: a.softmax(0), lambda a: a.chunk(1)[0], lambda a: F.pad(a, (1, 1))[..., 1:-1],
        torch.sin, torch.clone, torch.neg,
        lambda a: a.sum(0, keepdim=True).expand(shape),
        lambda a: a.reshape(-1).reshape(shape), lambda a: a.transpose(0, -1).transpose(0, -1),
    )  # fmt: skip
    values = list(leaves)
    while len(values) > 1 or drawn.random() < 0.5:
        one = values.pop(drawn.randrange(len(values)))
        if values and drawn.random() < 0.6:
            other = values.pop(drawn.randrange(len(values)))
            values.append(drawn.choice(joined)(one, other))
        else:
            values.append(drawn.choice(alone)(one))
    return leaves, values[0].sum()


def _any_graph(seed):
    drawn = random.Random(seed)  # noqa: S311
    leaves = [torch.full((2,), 0.1 * i, requires_grad=True) for i in range(drawn.randint(1, 5))]
    for leaf in leaves:
        if drawn.random() < 0.3:
            leaf.grad = torch.ones(2)
    values = list(leaves)
    for _ in range(drawn.randint(1, 15)):
        one, other = drawn.choice(values), drawn.choice(values)
        values.append(
            drawn.choice(
                (
                    lambda a=one, b=other: a + b,
                    lambda a=one, b=other: a * b,
                    lambda a=one: a.sin(),
                    lambda a=one, b=other: torch.stack([a, b]).sum(0),
                    lambda a=one, b=other: torch.cat([a, b]).split(2)[1],
                    lambda a=one, b=other: torch.addcmul(a, b, a),
                )
            )()
        )
    return torch.stack([value for value in values if not value.is_leaf]).sum()


def of(graph):
    """What plan_of() asks."""
    return (
        graph.nodes, graph._first, graph._targets, graph._only, list(graph.leaves()),
        graph.numbers,
    )  # fmt: skip


def test_of_a_chain_every_second_node_is_listened_to():
    h = torch.ones(2, requires_grad=True)
    for _ in range(20):
        h = h.sin()
    graph = RecordedGraph(h.sum().grad_fn, {}, {})

    plan = plan_of(*of(graph))

    assert len(graph.nodes) == 22
    assert plan.heard == list(range(0, 22, 2))


def test_the_plan_of_the_pass_before_is_the_one_that_would_be_made(monkeypatch):
    """And it is made anew where anything differs, also what no edge tells."""
    made = []
    monkeypatch.setattr(listening, "plan_of", lambda *given: made.append(0) or plan_of(*given))
    plans = listening.Plans()
    a, b = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
    first, second = [], [
        lambda: a.sin() * b.exp(), lambda: a.sin() * b.exp(), lambda: (a * b.exp()).sin(),
        lambda: a.exp() * b.sin(), lambda: torch.addcmul(b.exp(), a.sin(), a), lambda: a.sin() * a,
        lambda: (a * b).chunk(1)[0], lambda: (a * b).chunk(2)[0], lambda: (a * b).chunk(2)[0],
    ]  # fmt: skip
    for turn, compute in enumerate(second):
        graph = RecordedGraph(compute().sum().grad_fn, {}, {})
        assert plans.plan_of(*of(graph)) == plan_of(*of(graph)), turn
        first.append(len(made))
    assert first == [1, 1, 2, 3, 4, 5, 6, 7, 8]

    for grad, fresh in ((None, 1), (None, 0), (torch.ones(2), 1), (torch.ones(2), 0)):
        a.grad = grad
        before = len(made)
        graph = RecordedGraph((a.sin() * b.exp()).sum().grad_fn, {}, {})
        assert plans.plan_of(*of(graph)) == plan_of(*of(graph))
        assert len(made) - before == fresh

    s, e = a.sin(), b.exp()
    for one, other in ((s, e), (a.sin(), b.exp()), (b.exp(), a.sin())):
        graph = RecordedGraph((one * other).sum().grad_fn, {}, {})
        assert plans.plan_of(*of(graph)) == plan_of(*of(graph))


def test_what_is_known_of_a_pass_keeps_no_leaf():
    plans = listening.Plans()
    leaf = torch.ones(2, requires_grad=True)
    graph = RecordedGraph(leaf.sin().sum().grad_fn, {}, {})
    assert plans.plan_of(*of(graph)).heard
    gone = weakref.ref(leaf)
    del leaf, graph

    assert gone() is None


HOOKS = [
    "h.register_hook(lambda g: g * 10)",
    "h.grad_fn.register_prehook(lambda gs: (gs[0] * 10,))",
    "z.grad_fn.register_hook(lambda sent, received: (sent[0] * 10,))",
]


@pytest.mark.parametrize("hook", HOOKS)
def test_a_gradient_that_a_hook_replaces_is_told_as_it_arrives(hook):
    source = f"""
import torch
w = torch.ones(2, requires_grad=True)
h = w.sin()
z = h.exp()
{hook}
z.cos().sum().backward()
"""
    run = ax.run(source)

    nodes = {node.name: node for node in run.graph.nodes}
    sent = np.sin(np.exp(np.sin(1.0))) * -np.exp(np.sin(1.0))
    assert nodes["SinBackward0"].upstream[0] == pytest.approx(10 * sent)
    assert nodes["AccumulateGrad"].upstream[0] == pytest.approx(10 * sent * np.cos(1.0))
