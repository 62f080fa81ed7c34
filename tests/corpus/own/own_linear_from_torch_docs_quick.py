import torch
import torch.nn as nn
import torch.optim as optim
X = torch.tensor([[1.0], [2.0], [3.0], [4.0]]); Y = torch.tensor([[2.0], [4.0], [6.0], [8.0]])
model = nn.Linear(in_features=1, out_features=1, bias=True)
nn.init.constant_(model.weight, 0.0); nn.init.constant_(model.bias, 0.0)
criterion = nn.MSELoss(); optimizer = optim.SGD(model.parameters(), lr=0.01)
print(f'Prediction before training: f(5) = {model(torch.tensor([5.0])).item():.3f}')
for epoch in range(20):
    y_pred = model(X)
    l = criterion(Y, y_pred)
    l.backward()
    optimizer.step()
    optimizer.zero_grad()
    if (epoch + 1) % 10 == 0:
        [w, b] = model.parameters()
        print('epoch ', epoch + 1, ': w = ', w[0][0].item(), ' loss = ', l.item())
print(f'Prediction after training: f(5) = {model(torch.tensor([5.0])).item():.3f}')
