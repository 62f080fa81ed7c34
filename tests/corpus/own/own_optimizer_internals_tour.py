import torch

w = torch.nn.Parameter(torch.tensor([1.0, -2.0]))
opt = torch.optim.Adam([w], lr=0.1)
m, v, t = torch.zeros(2), torch.zeros(2), 0
for i in range(5):
    opt.zero_grad()
    (w ** 2 * torch.tensor([1.0, 10.0])).sum().backward()
    g = w.grad.clone()
    before = w.detach().clone()
    opt.step()
    t += 1
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g * g
    mine = before - 0.1 * (m / (1 - 0.9 ** t)) / ((v / (1 - 0.999 ** t)).sqrt() + 1e-8)
    print(i, w.data, torch.allclose(mine, w.data, atol=1e-6))
s = opt.state[w]
print(sorted(s.keys()), s["step"], s["exp_avg"])
sd = opt.state_dict()
print(sd["state"][0].keys(), sd["param_groups"][0]["betas"], sd["param_groups"][0]["params"])
opt2 = torch.optim.Adam([w], lr=1.0)
opt2.load_state_dict(sd)
print(opt2.param_groups[0]["lr"], torch.equal(opt2.state[w]["exp_avg"], s["exp_avg"]))
for g in opt2.param_groups:
    g["lr"] *= 0.5
print(opt2)
sgd = torch.optim.SGD([{"params": [w]}, {"params": [torch.nn.Parameter(torch.zeros(1))], "lr": 1e-3, "weight_decay": 0.1}], lr=0.01, momentum=0.9)
print(len(sgd.param_groups), sgd.defaults["lr"], sgd.param_groups[1]["momentum"], sgd.param_groups[1]["weight_decay"])
w.grad = torch.ones(2)
sgd.step()
print(sgd.state[w]["momentum_buffer"], w.data)
try:
    torch.optim.SGD([], lr=0.1)
except ValueError as e:
    print(e)
try:
    torch.optim.SGD([torch.ones(1, requires_grad=True) * 2], lr=0.1)
except ValueError as e:
    print(e)
try:
    torch.optim.Adam(w, lr=0.1)
except TypeError as e:
    print(str(e)[:60])
