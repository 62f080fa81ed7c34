import gc
import threading

import pytest
import torch

import autograd_explorer as ax
from tests.core.reference import printed_by_python, without_addresses


def error_of(source, **limits):
    return ax.run(source, ax.Limits(**limits)).error


def test_each_statement_keeps_what_it_assigned_printed_and_recorded():
    run = ax.run(ax.Problem().source)
    by_line = {statement.line: statement for statement in run.statements}

    assert set(by_line[5].assigned) == {"x"}
    assert by_line[12].printed == "True\n"
    assert [run.graph.nodes[i].name for i in by_line[10].nodes] == [run.variables["loss"].grad_fn]
    assert {run.graph.nodes[i].tensor for i in by_line[9].nodes} == {"z", None, "w", "b"}
    assert by_line[17].backwards == (0,)


def test_a_leaf_points_at_the_line_that_made_it_and_an_operation_at_its_own():
    run = ax.run(ax.Problem().source)

    lines = {node.tensor: node.line for node in run.graph.nodes if node.tensor}

    assert lines == {"loss": 10, "z": 9, "w": 7, "b": 8}


def test_a_value_is_kept_as_it_was_at_its_statement():
    run = ax.run("import torch\na = torch.ones(2)\na += 1\n")

    assert [s.assigned["a"].values.tolist() for s in run.statements[1:]] == [[1, 1], [2, 2]]
    assert run.variables["a"].version == 1


def test_nothing_that_leaves_core_can_be_written_to():
    run = ax.run(ax.Problem().source)

    with pytest.raises(ValueError, match="read-only"):
        run.variables["w"].values[0, 0] = 1
    with pytest.raises(TypeError):
        run.variables["w"] = None
    with pytest.raises(AttributeError):
        run.printed = ""


def test_without_recording_there_is_no_graph_and_backward_raises_pytorchs_own_words():
    run = ax.run(ax.Problem(recording=False).source)
    with pytest.raises(RuntimeError) as caught:
        torch.ones(()).backward()

    assert run.graph is None
    assert run.variables["z"].grad_fn is None
    assert not run.variables["loss"].requires_grad
    assert (run.error.kind, run.error.type, run.error.line) == ("torch", "RuntimeError", 18)
    assert run.error.message == str(caught.value)


def test_a_program_that_never_runs_backward_still_has_its_graph():
    run = ax.run("import torch\nw = torch.ones(2, requires_grad=True)\nz = w * 3\n")

    assert [node.kind for node in run.graph.nodes] == ["operation", "leaf"]
    assert run.graph.order == ()
    assert run.graph.nodes[0].upstream == (None,)
    assert run.backwards == ()


@pytest.mark.parametrize(
    "body",
    [
        "print(torch.ones(2) @ torch.ones(2), 1 + 2 * 3 ** 2 // 4 % 5, -1.5, not True)",
        "w = torch.ones(2, 2, requires_grad=True)\nprint(w.T, w.shape, w.dtype, w.ndim, w._version)",
        "w = torch.ones(2, requires_grad=True)\n(w * 2).sum().backward()\nprint(w.grad, w.is_leaf)",
        "w = torch.ones(2, requires_grad=True)\nz = w * w\nz.backward(gradient=torch.ones(2))\nprint(w.grad)",
        "a, (b, c) = 1, (2, [3])\na += 5\nprint(a, b, c[0], [1, 2, 3][1:], 'x' * 3, sep='|', end='.')",
        "z = torch.arange(6)\nprint(f'{z.sum().item():>8} {1/3:.3f} {\"a\"!r}', z[1:3], z[-1], len([1]))",
        "print(torch.tensor([[1., 2.]]).mean(dim=1), torch.full((2,), 3.0), torch.linspace(0, 1, 3))",
        "with torch.no_grad():\n    with torch.enable_grad():\n        w = torch.ones(1, requires_grad=True) * 2\nprint(w.requires_grad, w.grad_fn is None, 1 < 2)",
        "torch.manual_seed(3)\nprint(torch.rand(2), torch.randn(2))",
        "w = torch.ones((), requires_grad=True)\nw.backward()\nprint(w.grad)",
        "w = torch.ones(1, requires_grad=True)\nz = w * 2\nprint(z.grad_fn.name(), z.grad_fn.next_functions[0][1], w.grad)",
    ],
)  # fmt: skip
def test_the_language_so_far_does_what_python_does(body):
    source = "import torch\nimport torch.nn.functional as F\n" + body
    run = ax.run(source)

    assert run.error is None
    assert run.printed
    assert without_addresses(run.printed) == printed_by_python(source)


@pytest.mark.parametrize(
    "body",
    [
        "torch.ones(2) @ torch.ones(3, 4)",
        "w = torch.ones(2, requires_grad=True)\nw += 1",
        "(torch.ones(2, requires_grad=True) * 2).backward()",
        "w = torch.ones(1, requires_grad=True)\nz = (w * w).sum()\nz.backward()\nz.backward()",
        "torch.ones(3).nothing_of_the_kind",
        "torch.nothing_of_the_kind",
        "torch()",
        "del x",
        "1 if torch.ones(2) else 2",
        "f = lambda a: a\nf(1, 2)",
        "unknown",
        "a, b = 1, 2, 3",
        "1 / 0",
        "torch.ones(2).grad.sum()",
        "torch.ones(-1)",
    ],
)
def test_a_genuine_exception_keeps_its_type_its_words_and_its_line(body):
    source = "import torch\n" + body
    run = ax.run(source)
    with pytest.raises(Exception) as caught:
        exec(source, {})  # noqa: S102

    assert run.error.kind == "torch"
    assert run.error.type == type(caught.value).__name__
    assert run.error.line == source.count("\n") + 1
    if not isinstance(caught.value, ValueError):  # unpacking words it by its own bytecode
        assert run.error.message == str(caught.value)


@pytest.mark.parametrize(
    "source, key",
    [
        ("import torch\ntorch.ones(10**12)", "elements"),
        ("import torch\nx = torch.ones(3000)\ntorch.outer(x, x)", "elements"),
        ("import torch\nx = torch.ones(900, 900)\n" + "x = x + 1\n" * 100, "kept_bytes"),
        ("import torch\nx = torch.ones(900, 900)\nk = [x + i for i in range(200)]", "total_bytes"),
        ("import torch\na = torch.ones(900, 900, dtype=torch.long)\na @ a", "work"),
        ("import torch\nx = torch.ones(1, requires_grad=True)\nwhile 1: x = x * 1", "graph_depth"),
        ("'a' * 10**10", "text_chars"),
        ("[0] * 10**10", "items"),
        ("x = [0]\n" + "x = [x, x]\n" * 40 + "print(x)", "items"),
        ("f'{1:9999999999}'", "text_chars"),
        ("10**10**9", "integer_bits"),
        ("while True: pass", "turns"),
        ("def f(): f()\nf()", "call_depth"),
        ("1" + " + 1" * 500, "nesting"),
        ("x = 1\n" * 20_000, "source_chars"),
    ],
)
def test_a_cap_stops_the_run_and_says_which(source, key):
    error = error_of(source)

    assert (error.kind, error.key, error.type) == ("limit", key, "LimitReached")


def test_calls_may_be_as_deep_as_the_process_allows():
    deep = "def f(n):\n    return 0 if n == 0 else 1 + f(n - 1)\nprint(f({}))\n"

    here, apart = ax.run(deep.format(400)).error, ax.run(deep.format(400), isolated=True)

    assert (here.key, here.message) == ("call_depth", "50")
    assert (apart.error, apart.printed) == (None, "400\n")
    assert ax.run(deep.format(600), isolated=True).error.message == "500"


def test_a_stop_cannot_be_caught_by_the_program():
    run = ax.run("print(1)\ntry:\n    x = [0] * 10**9\nexcept Exception:\n    print(2)\nprint(3)")

    assert (run.printed, run.error.kind, run.error.line) == ("1\n", "limit", 3)


def test_a_line_in_a_loop_keeps_its_first_turns_and_ever_fewer_and_its_last():
    run = ax.run("for i in range(2345):\n    x = i\nprint(x)")
    turns = [(s.turn, s.assigned["x"].text) for s in run.statements if s.line == 2]

    at = [*range(1, 101), *range(110, 1001, 10), *range(1100, 2301, 100), 2345]
    assert turns == [(turn, str(turn - 1)) for turn in at]


def test_what_is_light_is_kept_longer_than_what_is_not():
    source = (
        "import torch\nfor i in range(300):\n    x = torch.ones(1000)\n    loss = 1 / (i + 1)\n"
    )
    run = ax.run(source, ax.Limits(kept_bytes=800_000))

    kept = {line: [s.turn for s in run.statements if s.line == line] for line in (3, 4)}
    assert len(kept[3]) < 100 and kept[3][-1] == 300
    assert kept[4] == [*range(1, 101), *range(110, 301, 10)]


def test_backwards_in_a_loop_keep_the_first_and_the_last_with_their_gradients():
    run = ax.run(
        "import torch\nw = torch.ones(1, requires_grad=True)\n"
        "for i in range(100):\n    (w * i).sum().backward()"
    )

    leaf = next(node for node in run.backwards[-1].nodes if node.kind == "leaf")
    assert leaf.upstream[0].tolist() == [99]
    assert 10 < len(run.backwards) < 100
    assert run.variables["w"].grad.tolist() == [sum(range(100))]


def test_a_run_reports_its_turns_and_ends_where_the_report_says_so():
    class Stop(BaseException):
        pass

    def stop_at(turns):
        seen.append(turns)
        if turns >= 64:
            raise Stop

    seen = []
    with pytest.raises(Stop):
        ax.run("import torch\nfor i in range(1000):\n    x = torch.nn.Linear(1, 1)", report=stop_at)

    assert seen == [16, 32, 48, 64]
    assert ax.run("for i in range(99):\n    pass").error is None


@pytest.mark.parametrize(
    "source",
    [
        "class E(Exception):\n    def __str__(self): return 1 / 0\nraise E()",
        "class E(Exception): pass\na = [[] for i in range(60)]\ne = E(a[0])\nfor i in range(59):\n"
        "    a[i].append(a[i + 1])\n    a[i].append(a[i + 1])\nraise e",
        "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E()",
        "class E(Exception):\n    def __str__(self): return 3\nraise E()",
        "class E(Exception):\n    @property\n    def args(self): return 1 / 0\ne = E()",
        "class K:\n    def __eq__(self, o): return 1 / 0\n    def __hash__(self): return boom\n"
        "x = 1\nk = K()",
        "class K:\n    n = 0\n    def __hash__(self):\n        K.n += 1\n        return 1 // (3 - K.n)\n"
        "d = {K(): 1}",
        "class K:\n    def __repr__(self): return 1 / 0\nk = [K()]",
        "import torch\nclass M(torch.nn.Module):\n    def named_parameters(self): return 1 / 0\n"
        "    def parameters(self): return 1 / 0\n    def named_modules(self, **k): return 1 / 0\n"
        "m = M()\nw = torch.ones(1, requires_grad=True)\n(w * 2).backward()\nz = w * 3",
        "import torch\nclass M(torch.nn.Module):\n    def __init__(self): self.x = 1\nm = M()",
        "import torch\nclass M(torch.nn.Module):\n    def __init__(self): pass\nm = M()\nprint(m.y)",
        "import torch\nclass M(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.m = self\nm = M()\nw = torch.ones(1, requires_grad=True)\n(w * 2).backward()",
    ],
)
def test_what_a_class_says_of_itself_cannot_break_a_run(source):
    run = ax.run(source, ax.Limits(seconds=1))

    assert isinstance(run, ax.Run)
    assert all(
        isinstance(view.text, str) for view in run.variables.values() if hasattr(view, "text")
    )


def test_autograd_grad_is_traced_too_with_what_it_takes_off_the_edges():
    run = ax.run(
        "import torch\nw = torch.tensor([2., 3.], requires_grad=True)\n"
        "z = (w ** 2).sum()\ng, = torch.autograd.grad(z, w)"
    )
    (graph,) = run.backwards
    leaf = next(node for node in graph.nodes if node.kind == "leaf")
    (edge,) = [edge for edge in graph.edges if edge.target == leaf.id]

    assert edge.gradient.tolist() == run.variables["g"].values.tolist() == [4, 6]
    assert leaf.upstream == (None,)  # AccumulateGrad did not run
    assert run.variables["w"].grad is None


def test_nodes_made_in_functions_and_modules_know_their_line_and_their_names():
    run = ax.run(
        "import torch\nfrom torch import nn\n"
        "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.fc = nn.Linear(2, 1)\n    def forward(self, x):\n"
        "        h = self.fc(x)\n        return torch.tanh(h)\n"
        "net = Net()\nloss = net(torch.ones(3, 2)).sum()\nloss.backward()"
    )
    by_name = {node.name: node for node in run.graph.nodes}
    leaves = {node.tensor: node.line for node in run.graph.nodes if node.kind == "leaf"}

    assert by_name["TanhBackward0"].line == 9
    assert (by_name["AddmmBackward0"].line, by_name["AddmmBackward0"].tensor) == (8, "h")
    assert (by_name["SumBackward0"].line, by_name["SumBackward0"].tensor) == (11, "loss")
    assert leaves == {"net.fc.weight": 6, "net.fc.bias": 6}


def test_an_error_inside_a_function_is_on_its_own_line():
    error = error_of(
        "import torch\ndef f(x):\n    y = x * 2\n    return y @ y\n\nf(torch.ones(2, 3))"
    )

    assert (error.line, error.type, error.kind) == (4, "RuntimeError", "torch")


def test_caps_on_statements_printing_and_time_hold_and_keep_what_came_before():
    many = ax.run("x = 1\n" * 50, ax.Limits(statements=20))
    loud = ax.run("print('ab')\nprint('c' * 50)", ax.Limits(printed_chars=20))
    slow = ax.run("x = 1\ny = 2", ax.Limits(seconds=-1))

    assert (many.error.key, many.error.line, len(many.statements)) == ("statements", 21, 20)
    assert (loud.error.key, loud.printed) == ("printed_chars", "ab\n")
    assert slow.error.key == "seconds"


@pytest.mark.parametrize(
    "source", ["1 +", "x = = 1", "(" * 300, "\0", "x = 1\n  y = 2", "9" * 5000]
)
def test_text_that_is_not_python_is_a_syntax_failure(source):
    assert error_of(source).kind == "syntax"


def test_two_threads_never_disturb_each_other_or_the_process():
    problems = [ax.Problem(5, 3, seed=1), ax.Problem(4, 6, seed=2, recording=False)]
    expected = [without_addresses(ax.run(problem.source).printed) for problem in problems]
    state = torch.random.get_rng_state()
    wrong = []

    def work(problem, printed):
        for _ in range(1000):
            if without_addresses(ax.run(problem.source).printed) != printed:
                wrong.append(problem)
            if not torch.is_grad_enabled():
                wrong.append("grad mode")

    threads = [
        threading.Thread(target=work, args=pair) for pair in zip(problems, expected, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not wrong
    assert torch.equal(state, torch.random.get_rng_state())
    assert torch.is_grad_enabled()


def test_a_run_starts_recording_even_where_the_caller_does_not():
    with torch.no_grad():
        run = ax.run(ax.Problem().source)
        assert not torch.is_grad_enabled()

    assert run.error is None
    assert run.variables["w"].grad is not None


def test_what_nodes_save_counts_once_for_each_tensor():
    saves = (
        "import torch\n"
        "class Twice(torch.autograd.Function):\n"
        "    @staticmethod\n"
        "    def forward(ctx, x, c):\n"
        "        ctx.save_for_backward(*MANY)\n"
        "        return x * 2\n"
        "    @staticmethod\n"
        "    def backward(ctx, g):\n"
        "        return g * 2, None\n"
        "Twice.apply(torch.ones(1, requires_grad=True), torch.ones(100_000)).backward()\n"
    )

    several = saves.replace("MANY", "[c + i for i in range(50)]")
    assert error_of(several, kept_bytes=10_000_000).key == "kept_bytes"
    for source in (several, saves.replace("MANY", "[c] * 50")):
        kept = [saved.values for saved in ax.run(source).graph.nodes[0].saved]
        assert len(kept) == 50 and kept[-1].size == 100_000
    assert all(array is kept[0] for array in kept)
    assert ax.run(source, ax.Limits(kept_bytes=10_000_000)).error is None


def test_a_weight_that_every_step_of_a_recurrence_saves_is_copied_once():
    steps = (
        "import torch\n"
        "w = torch.ones(9, 9, requires_grad=True)\n"
        "h = torch.ones(2, 9)\n"
        "for step in range(4):\n"
        "    h = torch.tanh(h @ w)\n"
        "h.sum().backward()\n"
        "with torch.no_grad():\n"
        "    w.zero_()\n"
    )

    products = [node for node in ax.run(steps).graph.nodes if node.name == "MmBackward0"]

    saved = [saved.values for node in products for saved in node.saved if saved.name == "mat2"]
    weights = [array for array in saved if array is not None]  # the first step needs none
    assert len(weights) == 3 and all(array is weights[0] for array in weights)
    assert (weights[0] == 1).all()  # as they were when the pass began


def test_an_exception_has_a_class_that_a_program_can_name_or_no_class_of_the_programs():
    of_a_syntax_error = (
        "try:\n"
        "    def f():\n"
        "        nonlocal z\n"
        "    f()\n"
        "except Exception as error:\n"
        "    kind = type(error)\n"
        "class Mine(kind): pass\n"
        "raise Mine(1, ('f', [], {}, 't'))\n"
    )

    error = error_of(of_a_syntax_error)

    assert (error.kind, error.key, error.line) == ("refused", "class", 7)


def test_a_statement_keeps_the_value_it_assigned_and_not_that_values_owner():
    run = ax.run(
        "import torch\nfrom torch import nn\n"
        "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.fc = nn.Linear(2, 3)\n        self.calls = 0\n"
        "net = Net()\nw = torch.ones(2, requires_grad=True)\n(w * 3).sum().backward()\n"
        "w.grad.zero_()\nw.grad = None\nnet.calls += 4\na = torch.zeros(2)\na[0] = 7\n"
        "net.fc.weight.data[0] = 5\n[net.calls, b] = 'no', 1\nnet.seen = w * 2\n"
    )

    kept = {s.line: dict(s.assigned) for s in run.statements if s.assigned}
    plain = {line: [getattr(v, "text", None) for v in kept[line].values()] for line in kept}
    assert plain[6] == ["<Linear>"] and plain[7] == ["0"]
    assert kept[11]["w.grad"].values.tolist() == [0, 0]
    assert plain[12] == ["None"] and plain[13] == ["4"]
    assert kept[15]["a"].values.tolist() == [7, 0]
    assert kept[16]["net.fc.weight.data"].values[0].tolist() == [5, 5]
    assert plain[17] == ["'no'", "1"]
    assert run.graph.nodes[0].tensor == "net.seen"


def test_tensors_in_reference_cycles_are_freed_before_a_program_is_stopped_for_them():
    cycles = (
        "import torch\nfor i in range(100):\n    a = [torch.zeros(250_000)]\n    a.append(a)\n"
        "print(i)\n"
    )
    held = cycles.replace("a.append(a)", "b = [a, *b] if i else [a]")

    assert ax.run(cycles, ax.Limits(total_bytes=2**26)).printed == "99\n"
    assert error_of(held, total_bytes=2**26).key == "total_bytes"


@pytest.mark.parametrize("thresholds", [(700, 10, 10), (0, 10, 10), (60_000, 5, 2)])
def test_the_collector_seldom_begins_in_a_run_and_is_afterwards_as_it_was(thresholds):
    before, seen = gc.get_threshold(), []
    gc.set_threshold(*thresholds)
    try:
        ax.run("for i in range(40): i", report=lambda turns: seen.append(gc.get_threshold()))
        after = gc.get_threshold()
    finally:
        gc.set_threshold(*before)

    assert seen and all(now[0] == (thresholds[0] and max(50_000, thresholds[0])) for now in seen)
    assert after == thresholds
