"""Old-style code: Variable, .data updates, mm, clamp, and a main guard."""
import torch
from torch.autograd import Variable

dtype = torch.FloatTensor
torch.manual_seed(19)
N, D_in, H, D_out = 16, 50, 20, 5
x = Variable(torch.randn(N, D_in), requires_grad=False)
y = Variable(torch.randn(N, D_out), requires_grad=False)
w1 = Variable(torch.randn(D_in, H), requires_grad=True)
w2 = Variable(torch.randn(H, D_out), requires_grad=True)
learning_rate = 1e-5

def main():
    for t in range(20):
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred - y).pow(2).sum()
        if t % 5 == 0:
            print(t, loss.data.item())
        loss.backward()
        w1.data -= learning_rate * w1.grad.data
        w2.data -= learning_rate * w2.grad.data
        w1.grad.data.zero_()
        w2.grad.data.zero_()

if __name__ == "__main__":
    main()
    print(w1.type(), w1.data.type(torch.float64).dtype)
