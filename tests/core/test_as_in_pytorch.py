"""What PyTorch lets a program do behind autograd's back: ax.run prints what plain Python prints."""

import pytest

import autograd_explorer as ax
from tests.core.reference import printed_by_python, without_addresses

_TORCH = "import torch\nimport torch.nn.functional as F\n"
_X = "x = torch.arange(3.0).requires_grad_()\n"
_BACKWARD = """
try:
    y.sum().backward()
except (RuntimeError, TypeError) as error:
    print(error)
print(x.grad)
"""


def _hooks(unpack):
    return f"""
with torch.autograd.graph.saved_tensors_hooks(lambda t: t, {unpack}):
    y = x * x
"""


FREED = {
    "data of another shape": _X
    + """
(x ** 2).sum().backward()
x.data = torch.ones(2, 2)
print(x, x.grad)
x.grad = None
(x * 3).sum().backward()
print(x.grad)
""",
    "data of another shape, with a gradient of the old one": _X
    + """
(x ** 2).sum().backward()
x.data = torch.ones(2)
y = x * 2"""
    + _BACKWARD,
    "data of another type": _X
    + "x.data = torch.ones(2, dtype=torch.float64)\ny = x * x"
    + _BACKWARD,
    "data that is no tensor": _X + "try:\n    x.data = 5\nexcept TypeError as error:\n    print(error)",
    "saved indices, behind the version counter": _X
    + "i = torch.tensor([0, 1])\ny = x.gather(0, i)\ni.data.fill_(2)\nprint(i, i._version)"
    + _BACKWARD,
    "saved indices, before its eyes": _X
    + "i = torch.tensor([0, 1])\ny = F.embedding(i, x.reshape(3, 1))\ni.fill_(2)"
    + _BACKWARD,
    "targets, before its eyes": "x = torch.zeros(2, 3, requires_grad=True)\n"
    "t = torch.tensor([0, 1])\ny = F.cross_entropy(x, t)\nt.fill_(2)" + _BACKWARD,
    "indices of a pooling": """
x = torch.arange(16.0).reshape(1, 1, 4, 4).requires_grad_()
y, i = F.max_pool2d(x, 2, return_indices=True)
i.data.zero_()"""
    + _BACKWARD,
    "a node's saved indices": _X
    + "y = x[torch.tensor([0, 1])]\nz = x.gather(0, torch.tensor([0]))\n"
    "z.grad_fn._saved_index.data.fill_(2)\nz.sum().backward()" + _BACKWARD,
    "an array that is written through": """
x = torch.zeros(3, 2)
a = x.numpy()
a[0] = 5
a[1:, 0] = [7, 8]
a[2][1] = x[1, 0]
a[0, 1] += 1
a[[1, 2], 1] = a[0]
print(x, a)
torch.as_tensor(a).mul_(2)
print(x, a, x._version)
for index, value in ((9, 1), (0, [1, 2, 3])):
    try:
        a[index] = value
    except (IndexError, ValueError) as error:
        print(error)
""",
    "an array of what backward needs": _X
    + "y = x * x\na = x.detach().numpy()\na[0] = 10"
    + _BACKWARD,
    "a hook that returns another shape": _X
    + "y = x.exp()\ny.register_hook(lambda g: g[:1])"
    + _BACKWARD,
    "a hook that changes the shape in place": _X
    + "y = x.exp()\ny.register_hook(lambda g: g.unsqueeze_(0) and None)"
    + _BACKWARD,
    "a node's hook that changes the shape in place": _X
    + "y = x.exp()\ny.grad_fn.register_hook(lambda a, b: a[0].unsqueeze_(0) and None)"
    + _BACKWARD,
    "a module's hook that returns another shape": """
x = torch.ones(1, 2, requires_grad=True)
m = torch.nn.Linear(2, 2)
m.register_full_backward_hook(lambda m, into, out: (into[0][:, :1],))
y = m(x)"""
    + _BACKWARD,
    "an unpack hook that returns another tensor": _X
    + _hooks("lambda t: torch.full((3,), 5.0)")
    + _BACKWARD,
    "an unpack hook that returns another shape": _X
    + _hooks("lambda t: torch.full((2, 3), 5.0)")
    + _BACKWARD,
    "an unpack hook that returns no tensor": _X + _hooks("lambda t: 5") + _BACKWARD,
    "an unpack hook that returns other indices": _X
    + _hooks("lambda t: t + 1").replace("x * x", "x[torch.tensor([0, 1])]")
    + _BACKWARD,
    "a vector that becomes parameters": """
m = torch.nn.Linear(2, 1)
v = torch.arange(3.0)
torch.nn.utils.vector_to_parameters(v, m.parameters())
v[0] = 9
print(m.weight, m.bias)
""",
    "numbers read as another type": "print(torch.ones(2).view(torch.int32))",
    "weights of a recurrent layer that do not fit": """
m = torch.nn.LSTMCell(2, 3)
m.weight_hh.data = torch.ones(12, 5)
try:
    m(torch.ones(4, 2))
except RuntimeError as error:
    print(error)
""",
    "fused optimizers": """
w = torch.ones(3, requires_grad=True)
for o in (torch.optim.SGD([w], lr=0.1, momentum=0.9, fused=True), torch.optim.Adam([w], fused=True)):
    (w ** 2).sum().backward()
    o.step()
    print(w, o.param_groups[0]["fused"])
""",
    "a state of another shape": """
w = torch.ones(2, requires_grad=True)
o = torch.optim.SGD([w], lr=1.0, momentum=0.5)
o.state[w] = {"momentum_buffer": torch.ones(3)}
w.grad = torch.ones(2)
try:
    o.step()
except RuntimeError as error:
    print(error)
""",
    "many iterations of LBFGS": """
w = torch.ones(1, requires_grad=True)
o = torch.optim.LBFGS([w], max_iter=5000)
def closure():
    o.zero_grad()
    loss = ((w - 3) ** 2).sum()
    loss.backward()
    return loss
for i in range(3):
    o.step(closure)
print(w)
""",
    "old constructors": """
t, w = torch.ones(2), torch.ones(2, 3, requires_grad=True)
u = torch.Tensor(t)
u[0] = 5
print(t, torch.Tensor(w), torch.Tensor([1, 2]), torch.LongTensor([3]))
print(torch.Tensor(w.shape).shape, torch.LongTensor(w.size()).shape)
try:
    torch.LongTensor(t)
except TypeError as error:
    print(error)
""",
}  # fmt: skip


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", FREED)
def test_it_prints_what_plain_python_prints(name):
    source = _TORCH + FREED[name]

    run = ax.run(source)

    assert run.error is None
    assert run.printed
    assert without_addresses(run.printed) == printed_by_python(source)


def test_a_crash_of_pytorchs_own_code_is_an_answer():
    source = (
        "import torch\nx = torch.tensor([-(2**63)])\nprint(x)\nx.div(-1, rounding_mode='trunc')"
    )

    run = ax.run(source, isolated=True)

    assert (run.error.kind, run.error.key, run.error.line) == ("ended", "signal", 4)
    assert run.error.type == "SIGFPE"
    assert run.printed == "tensor([-9223372036854775808])\n"
