"""The numbers themselves: saved and then changed, not finite, of the wrong type or shape."""

from autograd_explorer.course.exhibits.exhibit import IMPORT, START, WITH_NN, Exhibit

NUMBERS = (
    Exhibit(
        "modified_in_place",
        START + "x = torch.tensor([3.0, 4.0])\nz = w * x\nprint(x._version)\nx += 1\n"
        "print(x._version)\nz.sum().backward()\nprint(w.grad)\n",
        ("x += 1", "x = x + 1"),
    ),
    Exhibit(
        "root_of_zero",
        IMPORT
        + """\
w = torch.tensor([3.0, 4.0], requires_grad=True)
target = torch.tensor([3.0, 4.0])
distance = ((w - target) ** 2).sum().sqrt()
distance.backward()
print(distance.item(), w.grad)
""",
        (
            "distance = ((w - target) ** 2).sum().sqrt()",
            "distance = (((w - target) ** 2).sum() + 1e-12).sqrt()",
        ),
    ),
    Exhibit(
        "only_floating",
        "import torch\n\nw = torch.tensor([1, 2], requires_grad=True)\n"
        "(w ** 2).sum().backward()\nprint(w.grad)\n",
        (
            "w = torch.tensor([1, 2], requires_grad=True)",
            "w = torch.tensor([1.0, 2.0], requires_grad=True)",
        ),
    ),
    Exhibit(
        "broadcast_loss",
        IMPORT
        + """\
x = torch.tensor([[1.0], [2.0], [3.0]])
target = torch.tensor([2.0, 4.0, 6.0])
w = torch.tensor(2.0, requires_grad=True)
prediction = x * w
loss = ((prediction - target) ** 2).mean()
loss.backward()
print(loss.item(), w.grad)
""",
        ("prediction = x * w", "prediction = (x * w).squeeze(1)"),
    ),
    Exhibit(
        "relu_in_place",
        WITH_NN
        + """\
w = torch.tensor([-1.0, 2.0], requires_grad=True)
h = torch.tanh(w)
z = nn.ReLU(inplace=True)(h)
loss = z.sum()
print(loss.item())
loss.backward()
print(w.grad)
""",
        ("z = nn.ReLU(inplace=True)(h)", "z = nn.ReLU()(h)"),
    ),
    Exhibit(
        "where_leaks_nan",
        IMPORT
        + """\
w = torch.tensor([-1.0, 4.0], requires_grad=True)
root = torch.where(w > 0, w.sqrt(), 0.0)
root.sum().backward()
print(root.detach(), w.grad)
""",
        (
            "root = torch.where(w > 0, w.sqrt(), 0.0)",
            "safe = torch.where(w > 0, w, 1.0)\nroot = torch.where(w > 0, safe.sqrt(), 0.0)",
        ),
    ),
    Exhibit(
        "inference_saved",
        START + "with torch.inference_mode():\n    x = torch.tensor([3.0, 4.0])\n"
        "loss = (w * x).sum()\nloss.backward()\nprint(w.grad)\n",
        ("with torch.inference_mode():", "with torch.no_grad():"),
    ),
    Exhibit(
        "log_of_zero",
        IMPORT
        + """\
scores = torch.tensor([200.0, 0.0], requires_grad=True)
p = torch.softmax(scores, dim=0)
loss = -torch.log(p[1])
loss.backward()
print(loss.item(), scores.grad)
""",
        (
            "p = torch.softmax(scores, dim=0)\nloss = -torch.log(p[1])",
            "log_p = torch.log_softmax(scores, dim=0)\nloss = -log_p[1]",
        ),
    ),
    Exhibit(
        "row_without_an_entry",
        IMPORT
        + """\
scores = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
closed = float("-inf")
mask = torch.tensor([[0.0, 0.0], [closed, closed]])
p = torch.softmax(scores + mask, dim=1)
loss = -torch.log(p[0, 0])
loss.backward()
print(loss.item(), scores.grad)
""",
        ('closed = float("-inf")', "closed = -1e9"),
    ),
    Exhibit(
        "softmax_twice",
        IMPORT
        + """\
scores = torch.tensor([[9.0, 1.0]], requires_grad=True)
target = torch.tensor([1])
p = torch.softmax(scores, dim=1)
loss = torch.nn.functional.cross_entropy(p, target)
loss.backward()
print(loss.item(), scores.grad)
""",
        (
            "p = torch.softmax(scores, dim=1)\nloss = torch.nn.functional.cross_entropy(p, target)",
            "loss = torch.nn.functional.cross_entropy(scores, target)",
        ),
    ),
    Exhibit(
        "mean_of_nothing",
        IMPORT
        + """\
scores = torch.tensor([[0.2, 0.9]], requires_grad=True)
target = torch.tensor([-100])
loss = torch.nn.functional.cross_entropy(scores, target)
loss.backward()
print(loss.item(), scores.grad)
""",
        (
            "loss = torch.nn.functional.cross_entropy(scores, target)",
            "count = (target != -100).sum()\n"
            'total = torch.nn.functional.cross_entropy(scores, target, reduction="sum")\n'
            "loss = total / count.clamp(min=1)",
        ),
    ),
    Exhibit(
        "changed_behind_autograd",
        START + "s = torch.sigmoid(w)\ns.data.clamp_(max=0.8)\ns.sum().backward()\n"
        "print(s, w.grad)\n",
        ("s.data.clamp_(max=0.8)", "s = s.clamp(max=0.8)"),
    ),
)
