import torch
from collections import deque

def walk(fn, depth=0, seen=None):
    seen = set() if seen is None else seen
    if fn is None or fn in seen:
        return
    seen.add(fn)
    print("  " * depth + type(fn).__name__)
    for next_fn, idx in fn.next_functions:
        walk(next_fn, depth + 1, seen)

a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(3.0, requires_grad=True)
c = (a * b + a.sin()).exp().log()
walk(c.grad_fn)
queue = deque([c.grad_fn])
names = []
while queue:
    node = queue.popleft()
    if node is None:
        continue
    names.append(node.name())
    if hasattr(node, 'variable'):
        print("leaf", node.variable)
    for nxt in node.next_functions:
        queue.append(nxt[0])
print(names)
print(c.grad_fn._saved_self, c.grad_fn.next_functions[0][0]._saved_result)
