"""Calling backward(): on what, with what, and how often."""

from autograd_explorer.course.exhibits.exhibit import IMPORT, START, Exhibit

PASSES = (
    Exhibit(
        "not_scalar",
        START + "z = w * 3\nz.backward()\nprint(w.grad)\n",
        ("z.backward()", "z.sum().backward()"),
    ),
    Exhibit(
        "forgotten_zero_grad",
        START + "for step in range(3):\n    loss = (3 * w).sum()\n    loss.backward()\n"
        "    print(w.grad)\n",
        ("    loss = (3 * w).sum()", "    w.grad = None\n    loss = (3 * w).sum()"),
    ),
    Exhibit(
        "nothing_recorded",
        "import torch\n\nw = torch.tensor([1.0, 2.0])\nloss = (w ** 2).sum()\n"
        "loss.backward()\nprint(w.grad)\n",
        ("w = torch.tensor([1.0, 2.0])", "w = torch.tensor([1.0, 2.0], requires_grad=True)"),
    ),
    Exhibit(
        "second_backward",
        START + "loss = (w ** 2).sum()\nloss.backward()\nloss.backward()\nprint(w.grad)\n",
        (
            "loss.backward()\nloss.backward()",
            "loss.backward()\nw.grad = None\nloss = (w ** 2).sum()\nloss.backward()",
        ),
    ),
    Exhibit(
        "carried_state",
        IMPORT
        + """\
w = torch.tensor(0.5, requires_grad=True)
h = torch.tensor(0.0)
for x in (1.0, 2.0):
    h = torch.tanh(w * x + h)
    loss = (h - 1) ** 2
    loss.backward()
    print(w.grad)
""",
        ("    h = torch.tanh(w * x + h)", "    h = torch.tanh(w * x + h.detach())"),
    ),
    Exhibit(
        "parts_of_a_batch",
        IMPORT
        + """\
w = torch.tensor(1.0, requires_grad=True)
x = torch.tensor([1.0, 2.0, 3.0, 4.0])
whole = torch.autograd.grad(((w * x) ** 2).mean(), w)[0]
for part in x.split(2):
    loss = ((w * part) ** 2).mean()
    loss.backward()
print(whole, w.grad)
""",
        ("    loss = ((w * part) ** 2).mean()", "    loss = ((w * part) ** 2).mean() / 2"),
    ),
    Exhibit(
        "gradient_shape",
        START + "z = w * 3\nz.backward(gradient=torch.ones(3))\nprint(w.grad)\n",
        ("z.backward(gradient=torch.ones(3))", "z.backward(gradient=torch.ones_like(z))"),
    ),
    Exhibit(
        "fake_not_detached",
        IMPORT
        + """\
g = torch.tensor(0.5, requires_grad=True)
d = torch.tensor(2.0, requires_grad=True)
fake = g ** 2
discriminator_loss = (d * fake) ** 2
discriminator_loss.backward()
print(d.grad)
generator_loss = (d * fake - 1) ** 2
generator_loss.backward()
print(g.grad)
""",
        ("discriminator_loss = (d * fake) ** 2", "discriminator_loss = (d * fake.detach()) ** 2"),
    ),
    Exhibit(
        "steps_that_add_up",
        IMPORT
        + """\
w = torch.tensor(4.0, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1)
for step in range(4):
    loss = w ** 2
    loss.backward()
    optimizer.step()
    print(w.item())
""",
        ("    loss = w ** 2", "    optimizer.zero_grad()\n    loss = w ** 2"),
    ),
    Exhibit(
        "running_total",
        START
        + """\
total = 0.0
for step in range(4):
    loss = (w ** 2).sum()
    loss.backward()
    w.grad = None
    total += loss
print(total)
""",
        ("    total += loss", "    total += loss.item()"),
    ),
    Exhibit(
        "step_between",
        IMPORT
        + """\
w = torch.tensor(2.0, requires_grad=True)
v = torch.tensor(3.0, requires_grad=True)
optimizer = torch.optim.SGD([w, v], lr=0.1)
out = (w * 4) * v
near, small = (out - 8) ** 2, out.abs()
near.backward(retain_graph=True)
optimizer.step()
small.backward()
print(w.grad, v.grad)
""",
        ("optimizer.step()\nsmall.backward()", "small.backward()\noptimizer.step()"),
    ),
)
