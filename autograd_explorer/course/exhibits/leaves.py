"""Leaves and parameters: making them, changing them, handing them to an optimizer."""

from autograd_explorer.course.exhibits.exhibit import IMPORT, START, WITH_NN, Exhibit

LEAVES = (
    Exhibit(
        "leaf_made_wrongly",
        "import torch\n\nw = torch.tensor([1.0, 2.0], requires_grad=True) * 0.5\n"
        "(w ** 2).sum().backward()\nprint(w.is_leaf, w.grad)\n",
        (
            "w = torch.tensor([1.0, 2.0], requires_grad=True) * 0.5",
            "w = torch.tensor([1.0, 2.0]).mul(0.5).requires_grad_()",
        ),
    ),
    Exhibit(
        "leaf_in_place",
        START + "w += 1\n(w ** 2).sum().backward()\nprint(w.grad)\n",
        ("w += 1", "with torch.no_grad():\n    w += 1"),
    ),
    Exhibit(
        "parameter_replaced",
        START
        + """\
for step in range(2):
    loss = (w ** 2).sum()
    loss.backward()
    w = w - 0.1 * w.grad
    print(w)
""",
        (
            "    w = w - 0.1 * w.grad",
            "    with torch.no_grad():\n        w -= 0.1 * w.grad\n    w.grad = None",
        ),
    ),
    Exhibit(
        "optimizer_of_others",
        WITH_NN
        + """\
model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
model.weight = nn.Parameter(torch.tensor([[1.0, 2.0]]))
model(torch.tensor([3.0, 4.0])).sum().backward()
optimizer.step()
weight = model.weight.detach()
print(weight)
""",
        (
            "optimizer = torch.optim.SGD(model.parameters(), lr=0.1)\n"
            "model.weight = nn.Parameter(torch.tensor([[1.0, 2.0]]))",
            "model.weight = nn.Parameter(torch.tensor([[1.0, 2.0]]))\n"
            "optimizer = torch.optim.SGD(model.parameters(), lr=0.1)",
        ),
    ),
    Exhibit(
        "grad_is_none",
        START + "z = w * 3\nz.sum().backward()\nprint(z.grad.sum())\n",
        ("z = w * 3", "z = w * 3\nz.retain_grad()"),
    ),
    Exhibit(
        "update_without_no_grad",
        START + "loss = (w ** 2).sum()\nloss.backward()\nw -= 0.1 * w.grad\nprint(w)\n",
        ("w -= 0.1 * w.grad", "with torch.no_grad():\n    w -= 0.1 * w.grad"),
    ),
    Exhibit(
        "layers_in_a_list",
        WITH_NN
        + """\
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = [nn.Linear(2, 2), nn.Linear(2, 2)]
        self.out = nn.Linear(2, 1)

net = Net()
count = sum(p.numel() for p in net.parameters())
print(count)
""",
        (
            "        self.hidden = [nn.Linear(2, 2), nn.Linear(2, 2)]",
            "        self.hidden = nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 2)])",
        ),
    ),
    Exhibit(
        "slice_in_place",
        START + "v = w\nv[0] = 0.0\nloss = (v ** 2).sum()\nloss.backward()\nprint(w.grad)\n",
        ("v = w", "v = w.clone()"),
    ),
    Exhibit(
        "flag_too_late",
        IMPORT
        + """\
w = torch.tensor([1.0, 2.0])
b = torch.tensor(0.5, requires_grad=True)
z = w * 3
w.requires_grad = True
loss = ((z + b) ** 2).sum()
loss.backward()
print(w.grad, b.grad)
""",
        ("z = w * 3\nw.requires_grad = True", "w.requires_grad = True\nz = w * 3"),
    ),
    Exhibit(
        "slice_made_anew",
        START + "loss = (w[0] - 3) ** 2\nprint(torch.autograd.grad(loss, w[0]))\n",
        (
            "loss = (w[0] - 3) ** 2\nprint(torch.autograd.grad(loss, w[0]))",
            "first = w[0]\nloss = (first - 3) ** 2\nprint(torch.autograd.grad(loss, first))",
        ),
    ),
    Exhibit(
        "left_out_of_the_optimizer",
        WITH_NN
        + """\
w = nn.Parameter(torch.tensor(1.0))
scale = nn.Parameter(torch.tensor(2.0))
optimizer = torch.optim.SGD([w], lr=0.1)
loss = (scale * w - 4) ** 2
loss.backward()
optimizer.step()
print(w.item(), scale.item())
""",
        (
            "optimizer = torch.optim.SGD([w], lr=0.1)",
            "optimizer = torch.optim.SGD([w, scale], lr=0.1)",
        ),
    ),
)
