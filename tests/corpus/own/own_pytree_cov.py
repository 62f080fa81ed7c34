import torch
from collections import OrderedDict, namedtuple
import torch.utils._pytree as pytree
from torch.utils._pytree import tree_map, tree_flatten, tree_unflatten
P = namedtuple("P", "w b")
tree = {"a": [1, (2, 3)], "b": P(torch.ones(2), None), "c": OrderedDict(z=4)}
leaves, spec = tree_flatten(tree)
print(leaves, spec.num_leaves)
print(tree_unflatten([str(x) for x in leaves], spec))
print(tree_map(lambda x: x * 2, {"a": [1, 2], "b": (3,)}), tree_map(lambda a, b: a + b, [1, (2,)], [10, (20,)]))
print(pytree.tree_leaves([1, [2, {"x": 3}]]), pytree.tree_map_only(int, lambda i: -i, [1, "a", (2.5, 3)]))
params = {"w": torch.ones(2, requires_grad=True), "b": torch.zeros(1, requires_grad=True)}
loss = (params["w"].sum() + params["b"] * 3).sum()
loss.backward()
new = tree_map(lambda p: (p - 0.1 * p.grad).detach(), params)
print(new, pytree.tree_all(lambda t: t.requires_grad, params))
try:
    tree_unflatten([1], spec)
except ValueError as e:
    print(str(e)[:60])
x = torch.randn(3, 50, generator=torch.Generator().manual_seed(0))
print(torch.cov(x), torch.corrcoef(x).diagonal(), x.cov(correction=0).shape, torch.cov(x[0]))
