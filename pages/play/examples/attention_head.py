import torch
import torch.nn.functional as F

torch.manual_seed(0)
tokens, width = 3, 4
x = torch.randn(tokens, width)
w_query = torch.randn(width, width, requires_grad=True)
w_key = torch.randn(width, width, requires_grad=True)
w_value = torch.randn(width, width, requires_grad=True)

query, key, value = x @ w_query, x @ w_key, x @ w_value
scores = query @ key.T / width**0.5
mask = torch.tril(torch.ones(tokens, tokens)) == 0
weights = F.softmax(scores.masked_fill(mask, float("-inf")), dim=-1)
out = weights @ value

out.sum().backward()
print(weights)
print(w_query.grad)
