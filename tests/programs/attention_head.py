"""One head of scaled dot-product attention with a causal mask."""
import torch
import torch.nn.functional as F

torch.manual_seed(1337)
B, T, C = 2, 4, 8
x = torch.randn(B, T, C)
head_size = 4
key = torch.nn.Linear(C, head_size, bias=False)
query = torch.nn.Linear(C, head_size, bias=False)
value = torch.nn.Linear(C, head_size, bias=False)
k = key(x)
q = query(x)
wei = q @ k.transpose(-2, -1) * head_size**-0.5
tril = torch.tril(torch.ones(T, T))
wei = wei.masked_fill(tril == 0, float('-inf'))
wei = F.softmax(wei, dim=-1)
v = value(x)
out = wei @ v
print(wei[0])
print(out.shape)
out.sum().backward()
print(query.weight.grad)
same = F.scaled_dot_product_attention(q, k, v, is_causal=True)
print(torch.allclose(out, same, atol=1e-6))
