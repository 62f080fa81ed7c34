import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(1337)
B, T, C = 2, 6, 8


class Head(nn.Module):
    def __init__(self, head_size, block_size=8, dropout=0.0):
        super().__init__()
        self.key = nn.Linear(C, head_size, bias=False)
        self.query = nn.Linear(C, head_size, bias=False)
        self.value = nn.Linear(C, head_size, bias=False)
        self.register_buffer('tril', torch.tril(torch.ones(block_size, block_size)))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        B, T, C = x.shape
        k, q, v = self.key(x), self.query(x), self.value(x)
        wei = q @ k.transpose(-2, -1) * k.shape[-1] ** -0.5
        wei = wei.masked_fill(self.tril[:T, :T] == 0, float('-inf'))
        wei = F.softmax(wei, dim=-1)
        self.last = wei
        wei = self.dropout(wei)
        return wei @ v


class MultiHeadAttention(nn.Module):
    def __init__(self, num_heads, head_size):
        super().__init__()
        self.heads = nn.ModuleList([Head(head_size) for _ in range(num_heads)])
        self.proj = nn.Linear(num_heads * head_size, C)

    def forward(self, x):
        out = torch.cat([h(x) for h in self.heads], dim=-1)
        return self.proj(out)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.sa = MultiHeadAttention(2, C // 2)
        self.ffwd = nn.Sequential(nn.Linear(C, 4 * C), nn.GELU(), nn.Linear(4 * C, C))
        self.ln1, self.ln2 = nn.LayerNorm(C), nn.LayerNorm(C)

    def forward(self, x):
        x = x + self.sa(self.ln1(x))
        return x + self.ffwd(self.ln2(x))


blocks = nn.Sequential(*[Block() for _ in range(3)])
x = torch.randn(B, T, C, requires_grad=True)
y = blocks(x)
y[:, 2].sum().backward()
torch.set_printoptions(precision=3, sci_mode=False)
print(blocks[0].sa.heads[0].last[0])
print("future tokens have no influence:", bool((x.grad[:, 3:] == 0).all()))
print(sum(p.numel() for p in blocks.parameters()) / 1e3, 'K parameters')
for name, p in blocks[0].named_parameters():
    print(f"{name:<25} {tuple(p.shape)!s:<10} {p.grad.norm():.4f}")
