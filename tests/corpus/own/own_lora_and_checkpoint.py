import math
import torch
import torch.nn as nn
from torch.utils.checkpoint import checkpoint, checkpoint_sequential
torch.manual_seed(0)

class LoRALinear(nn.Linear):
    def __init__(self, in_features, out_features, r=0, lora_alpha=1, lora_dropout=0., merge_weights=True, **kwargs):
        nn.Linear.__init__(self, in_features, out_features, **kwargs)
        self.r, self.lora_alpha, self.merged, self.merge_weights = r, lora_alpha, False, merge_weights
        self.lora_dropout = nn.Dropout(p=lora_dropout) if lora_dropout > 0. else lambda x: x
        if r > 0:
            self.lora_A = nn.Parameter(self.weight.new_zeros((r, in_features)))
            self.lora_B = nn.Parameter(self.weight.new_zeros((out_features, r)))
            self.scaling = self.lora_alpha / self.r
            self.weight.requires_grad = False
        self.reset_parameters()
    def reset_parameters(self):
        nn.Linear.reset_parameters(self)
        if hasattr(self, 'lora_A'):
            nn.init.kaiming_uniform_(self.lora_A, a=math.sqrt(5))
            nn.init.zeros_(self.lora_B)
    def train(self, mode: bool = True):
        nn.Linear.train(self, mode)
        if mode:
            if self.merge_weights and self.merged:
                if self.r > 0:
                    self.weight.data -= (self.lora_B @ self.lora_A) * self.scaling
                self.merged = False
        else:
            if self.merge_weights and not self.merged:
                if self.r > 0:
                    self.weight.data += (self.lora_B @ self.lora_A) * self.scaling
                self.merged = True
    def forward(self, x: torch.Tensor):
        if self.r > 0 and not self.merged:
            result = nn.functional.linear(x, self.weight, bias=self.bias)
            result += (self.lora_dropout(x) @ self.lora_A.transpose(0, 1) @ self.lora_B.transpose(0, 1)) * self.scaling
            return result
        return nn.functional.linear(x, self.weight, bias=self.bias)

def mark_only_lora_as_trainable(model: nn.Module, bias: str = 'none') -> None:
    for n, p in model.named_parameters():
        if 'lora_' not in n:
            p.requires_grad = False
    if bias == 'none':
        return
    raise NotImplementedError

net = nn.Sequential(LoRALinear(4, 6, r=2, lora_alpha=4), nn.GELU(), LoRALinear(6, 3, r=2))
mark_only_lora_as_trainable(net)
print(net)
n_train = sum(p.numel() for p in net.parameters() if p.requires_grad)
print(f"trainable params: {n_train} || all params: {sum(p.numel() for p in net.parameters())}")
x = torch.randn(8, 4)
opt = torch.optim.AdamW(filter(lambda p: p.requires_grad, net.parameters()), lr=1e-2)
for _ in range(5):
    loss = net(x).square().mean()
    opt.zero_grad(); loss.backward(); opt.step()
before = net(x)
net.eval()
print(torch.allclose(before, net(x), atol=1e-6), net[0].merged)
lora_sd = {k: v for k, v in net.state_dict().items() if 'lora_' in k}
print(list(lora_sd), [tuple(v.shape) for v in lora_sd.values()])
print(net.load_state_dict(lora_sd, strict=False))

calls = []
class Block(nn.Module):
    def __init__(self, i): super().__init__(); self.i = i; self.l = nn.Linear(4, 4)
    def forward(self, x):
        calls.append(self.i)
        return x + torch.relu(self.l(x))
blocks = nn.ModuleList(Block(i) for i in range(3))
x = torch.randn(2, 4, requires_grad=True)
h = x
for b in blocks:
    h = checkpoint(b, h, use_reentrant=False)
print(calls); h.sum().backward(); print(calls)
ref = x.grad.clone(); x.grad = None
out = checkpoint_sequential(nn.Sequential(*blocks), 2, x, use_reentrant=False)
out.sum().backward(); print(torch.equal(ref, x.grad))
