"""Leaves and parameters: making them, changing them, handing them to an optimizer."""

from autograd_explorer.course.exhibits.exhibit import START, WITH_NN, Exhibit

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
)
