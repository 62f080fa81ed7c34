"""A net that reuses a parameter a number of times that depends on the data."""
import torch
import math

class DynamicNet(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.a = torch.nn.Parameter(torch.randn(()))
        self.b = torch.nn.Parameter(torch.randn(()))
        self.e = torch.nn.Parameter(torch.randn(()))

    def forward(self, x, more):
        y = self.a + self.b * x
        for exp in range(4, 4 + more):
            y = y + self.e * x ** exp
        return y

torch.manual_seed(8)
x = torch.linspace(-1, 1, 100)
y = torch.sin(x)
model = DynamicNet()
criterion = torch.nn.MSELoss(reduction='sum')
optimizer = torch.optim.SGD(model.parameters(), lr=1e-4, momentum=0.9)
for t in range(90):
    y_pred = model(x, t % 3)
    loss = criterion(y_pred, y)
    if t % 30 == 29:
        print(t, loss.item())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
for name, param in model.named_parameters():
    print(name, param.data, param.grad)
