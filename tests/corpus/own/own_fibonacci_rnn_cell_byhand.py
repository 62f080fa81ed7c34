import torch
import torch.nn as nn

torch.manual_seed(0)


class MyLSTMCell(nn.Module):
    def __init__(self, nin, nh):
        super().__init__()
        self.nh = nh
        for g in "ifgo":
            setattr(self, f"W_{g}", nn.Parameter(torch.randn(nin, nh) * 0.1))
            setattr(self, f"U_{g}", nn.Parameter(torch.randn(nh, nh) * 0.1))
            setattr(self, f"b_{g}", nn.Parameter(torch.zeros(nh)))

    def gate(self, g, x, h):
        return x @ getattr(self, f"W_{g}") + h @ getattr(self, f"U_{g}") + getattr(self, f"b_{g}")

    def forward(self, x, state=None):
        h, c = state if state is not None else (x.new_zeros(x.shape[0], self.nh),) * 2
        i, f, o = (torch.sigmoid(self.gate(k, x, h)) for k in "ifo")
        c = f * c + i * torch.tanh(self.gate("g", x, h))
        return o * torch.tanh(c), c


cell = MyLSTMCell(2, 3)
ref = nn.LSTMCell(2, 3)
with torch.no_grad():
    ref.weight_ih.copy_(torch.cat([getattr(cell, f"W_{g}").t() for g in "ifgo"]))
    ref.weight_hh.copy_(torch.cat([getattr(cell, f"U_{g}").t() for g in "ifgo"]))
    ref.bias_ih.zero_()
    ref.bias_hh.zero_()
x = torch.randn(4, 5, 2)
state = state2 = None
for t in range(x.size(1)):
    state = cell(x[:, t], state)
    state2 = ref(x[:, t], state2)
print(torch.allclose(state[0], state2[0], atol=1e-6))
state[0].sum().backward()
state2[0].sum().backward()
print(torch.allclose(torch.cat([getattr(cell, f"W_{g}").grad.t() for g in "ifgo"]), ref.weight_ih.grad, atol=1e-6))
print(sorted(n for n, _ in cell.named_parameters())[:3], len(list(cell.parameters())))
gr = nn.GRUCell(2, 3)
print(gr(x[:, 0]).shape, nn.RNNCell(2, 3)(x[:, 0]).shape)
