"""Where the thread from the loss to a parameter is cut, on purpose or not."""

from autograd_explorer.course.exhibits.exhibit import IMPORT, START, Exhibit

CUT = (
    Exhibit(
        "cut_by_item",
        START + "scale = w.sum().item()\nloss = (w * scale).sum()\nloss.backward()\n"
        "print(w.grad)\n",
        ("scale = w.sum().item()", "scale = w.sum()"),
    ),
    Exhibit(
        "numpy_of_recorded",
        START + "z = w * 3\nprint(z.numpy())\n",
        ("print(z.numpy())", "print(z.detach().numpy())"),
    ),
    Exhibit(
        "loss_rewrapped",
        START
        + """\
losses = [(w[0] - 3) ** 2, (w[1] - 5) ** 2]
loss = torch.tensor(losses, requires_grad=True).sum()
loss.backward()
print(w.grad)
""",
        (
            "loss = torch.tensor(losses, requires_grad=True).sum()",
            "loss = torch.stack(losses).sum()",
        ),
    ),
    Exhibit(
        "cut_by_argmax",
        IMPORT
        + """\
scores = torch.tensor([[0.2, 0.9, 0.4]], requires_grad=True)
target = torch.tensor([0])
guess = scores.argmax(dim=1)
loss = (guess != target).float().mean()
print(loss)
loss.backward()
print(scores.grad)
""",
        (
            "guess = scores.argmax(dim=1)\nloss = (guess != target).float().mean()",
            "loss = torch.nn.functional.cross_entropy(scores, target)",
        ),
    ),
    Exhibit(
        "cut_by_data",
        START + "h = w ** 2\nloss = (w * h.data).sum()\nloss.backward()\nprint(w.grad)\n",
        ("loss = (w * h.data).sum()", "loss = (w * h).sum()"),
    ),
    Exhibit(
        "encoder_in_no_grad",
        IMPORT
        + """\
a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(3.0, requires_grad=True)
x = torch.tensor([1.0, 2.0])
with torch.no_grad():
    h = a * x
loss = (b * h).sum()
loss.backward()
print(a.grad, b.grad)
""",
        ("with torch.no_grad():\n    h = a * x", "h = a * x"),
    ),
    Exhibit(
        "unused_input",
        START + "v = torch.tensor([5.0], requires_grad=True)\nloss = (w ** 2).sum()\n"
        "print(torch.autograd.grad(loss, [w, v]))\n",
        (
            "print(torch.autograd.grad(loss, [w, v]))",
            "print(torch.autograd.grad(loss, [w, v], allow_unused=True))",
        ),
    ),
    Exhibit(
        "cut_by_round",
        IMPORT
        + """\
w = torch.tensor([1.4, 2.6], requires_grad=True)
loss = ((torch.round(w) - 5) ** 2).sum()
loss.backward()
print(w.grad)
""",
        ("loss = ((torch.round(w) - 5) ** 2).sum()", "loss = ((w - 5) ** 2).sum()"),
    ),
    Exhibit(
        "cut_by_integer",
        IMPORT
        + """\
heights = torch.tensor([0.0, 1.0, 4.0, 9.0])
place = torch.tensor(1.6, requires_grad=True)
scale = torch.tensor(2.0, requires_grad=True)
value = heights[place.long()] * scale
loss = (value - 8) ** 2
loss.backward()
print(place.grad, scale.grad)
""",
        (
            "value = heights[place.long()] * scale",
            "left = place.long()\nstep = heights[left + 1] - heights[left]\n"
            "value = (heights[left] + (place - left) * step) * scale",
        ),
    ),
    Exhibit(
        "drawn_at_random",
        IMPORT
        + """\
torch.manual_seed(0)
mean = torch.tensor(2.0, requires_grad=True)
x = torch.normal(mean, 1.0)
loss = (x - 5) ** 2
loss.backward()
print(mean.grad)
""",
        ("x = torch.normal(mean, 1.0)", "x = mean + 1.0 * torch.randn(())"),
    ),
    Exhibit(
        "dead_relu",
        IMPORT
        + """\
x = torch.tensor([[1.0, 2.0], [2.0, 1.0]])
w = torch.tensor([1.0, -2.0], requires_grad=True)
b = torch.tensor(-5.0, requires_grad=True)
out = torch.relu(x @ w + b)
loss = ((out - 1) ** 2).mean()
loss.backward()
print(w.grad, b.grad)
""",
        (
            "out = torch.relu(x @ w + b)",
            "out = torch.nn.functional.leaky_relu(x @ w + b, 0.1)",
        ),
    ),
    Exhibit(
        "two_layers_of_zeros",
        IMPORT
        + """\
x = torch.tensor([1.0, 2.0])
w = torch.zeros(2, requires_grad=True)
v = torch.zeros(2, requires_grad=True)
h = torch.tanh(w * x)
loss = ((v * h).sum() + 1) ** 2
loss.backward()
print(w.grad, v.grad)
""",
        (
            "w = torch.zeros(2, requires_grad=True)",
            "w = torch.tensor([0.1, -0.2], requires_grad=True)",
        ),
    ),
)
