import torch


def print_graph(fn, depth=0, seen=None):
    seen = set() if seen is None else seen
    if fn is None:
        return
    mark = "*" if fn in seen else ""
    print("  " * depth + type(fn).__name__ + mark)
    if fn in seen:
        return
    seen.add(fn)
    for child, idx in fn.next_functions:
        print_graph(child, depth + 1, seen)


x = torch.tensor([1.0, 2.0], requires_grad=True)
w = torch.tensor([3.0, 4.0], requires_grad=True)
h = x * w
y = (h + h.exp()).sum() / 2
print_graph(y.grad_fn)
print(y.grad_fn.next_functions[0][0].name(), h.grad_fn.next_functions[0][0].variable is x)
print(h.grad_fn._saved_self, h.grad_fn._saved_other is w)
y.backward(retain_graph=True, inputs=[w])
print(x.grad, w.grad)


def count_nodes(t):
    stack, found = [t.grad_fn], set()
    while stack:
        node = stack.pop()
        if node is None or node in found:
            continue
        found.add(node)
        stack.extend(n for n, _ in node.next_functions)
    return len(found)


print(count_nodes(y), [t.is_leaf for t in (x, w, h, y)])
y.backward()
try:
    y.backward()
except RuntimeError as e:
    print(str(e).split(".")[0])
