import torch
import torch.nn as nn
import torch.nn.functional as F
class Net(nn.Module):
    def __init__(self):
        self.fc = nn.Linear(2, 2)
        super().__init__()
try:
    Net()
except AttributeError as e:
    print("1:", e)
class Net2(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 2)
    def froward(self, x): return self.fc(x)
try:
    Net2()(torch.ones(2))
except NotImplementedError as e:
    print("2:", e)
class Net3(nn.Module):
    def __init__(self): super().__init__(); self.layers = [nn.Linear(2, 2)]
    def forward(self, x): return self.layers[0](x)
try:
    torch.optim.SGD(Net3().parameters(), lr=0.1)
except ValueError as e:
    print("3:", e)
try:
    nn.Linear(2, 2)(x=torch.ones(2))
except TypeError as e:
    print("4:", e)
try:
    nn.MSELoss(torch.ones(2), torch.ones(2))
    nn.CrossEntropyLoss(torch.ones(2), torch.ones(2))()
except Exception as e:
    print("5:", type(e).__name__, e)
try:
    nn.Softmax(torch.ones(2))(torch.ones(2))
except Exception as e: print("6:", type(e).__name__, str(e)[:60])
try:
    F.cross_entropy(torch.randn(3, 5), F.one_hot(torch.tensor([0, 1, 2]), 5))
except RuntimeError as e: print("7:", e)
try:
    F.binary_cross_entropy(torch.tensor([0.5]), torch.tensor([1]))
except RuntimeError as e: print("8:", e)
try:
    loss = F.mse_loss(torch.ones(3, 1), torch.ones(3)); print(loss)
    loss.backward()
except RuntimeError as e: print("9:", e)
try:
    opt = torch.optim.SGD(nn.Linear(1, 1).parameters(), 0.1); opt.step; opt.zero_grad; print(callable(opt.step)); opt.backward()
except AttributeError as e: print("10:", e)
try:
    x = torch.ones(2, requires_grad=True); x.grad.zero_()
except AttributeError as e: print("11:", e)
try:
    torch.tensor([[1, 2], [3]])
except ValueError as e: print("12:", e)
try:
    nn.Sequential([nn.Linear(1, 1)])
except TypeError as e: print("13:", e)
try:
    nn.LSTM(3, 2)(torch.ones(5, 3))[0].backward()
except RuntimeError as e: print("14:", e)
try:
    out = nn.LSTM(3, 2)(torch.ones(5, 1, 3)); nn.Linear(2, 1)(out)
except TypeError as e: print("15:", e)
try:
    class F2(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x): return x * 2
    F2.apply(torch.ones(1, requires_grad=True)).backward()
except NotImplementedError as e: print("16:", str(e)[:80])
try:
    for p in Net2().parameters: pass
except TypeError as e: print("17:", e)
try:
    Net2().load_state_dict({"fc.weight": torch.ones(3, 2)})
except RuntimeError as e: print("18:", e)
try:
    nn.Linear("2", 3)
except TypeError as e: print("19:", str(e)[:60])
try:
    torch.nn.functional.dropout(torch.ones(2), p=1.5)
except ValueError as e: print("20:", e)
print(Net2().fc.weigth)
