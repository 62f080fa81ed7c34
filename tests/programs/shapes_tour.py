"""reshape, permute, cat, stack, split, einsum and friends, with gradients through them."""
import torch

x = torch.arange(24.).reshape(2, 3, 4).requires_grad_()
y = torch.cat([x.permute(0, 2, 1).flatten(1), x.view(2, -1) * 2], dim=1)
z = torch.stack([y, -y]).squeeze()
print(y.shape, z.shape)
parts = torch.split(y, 8, dim=1)
print(len(parts), [tuple(p.shape) for p in y.chunk(3, dim=1)])
e = torch.einsum("bij,bkj->bik", x, x)
print(e.shape, torch.allclose(e, x @ x.transpose(1, 2)))
(e.sum() + parts[0].sum() + z.mean()).backward()
print(x.grad[0])
a, b = torch.meshgrid(torch.arange(2), torch.arange(3), indexing="ij")
print(a, b)
print(torch.tensor([3, 1, 2]).sort(), torch.tensor([[1., 5.], [7., 2.]]).max(dim=1))
print(torch.topk(torch.tensor([1., 4., 3.]), 2).values, torch.arange(4).repeat(2), torch.eye(2).tile(1, 2))
print(x.detach().sum(dim=(0, 1)), x.detach().mean(-1, keepdim=True).shape, x.detach().std().item())
print(torch.tril(torch.ones(3, 3)).cumsum(0), torch.diag(torch.tensor([1, 2])), torch.roll(torch.arange(4), 1))
