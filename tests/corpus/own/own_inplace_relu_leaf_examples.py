import torch
def safe(f, *a):
    try: return f(*a)
    except Exception as ex: return type(ex).__name__ + ": " + str(ex).split(".")[0][:70]
w = torch.ones(3, requires_grad=True)
print(safe(w.mul_, 2)); print(safe(lambda: w.data.mul_(2))); print(safe(w.resize_, 2) if False else "skip")
with torch.no_grad(): print(w.add_(1))
y = w * 1; y += 1; y.sum().backward(); print(w.grad)
z = w.exp(); z.mul_(2); print(safe(lambda: z.sum().backward()))
u = w.tanh(); u = u.mul(2); u.sum().backward(); print(w.grad)
v = w[:2]; print(safe(lambda: v.add_(1)), v._is_view(), v._base is w)
print(safe(torch.inference_mode()(lambda: w * 2).__call__).is_inference())
