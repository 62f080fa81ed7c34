import numpy as np
import torch
import torch.nn as nn

np.random.seed(0)
torch.manual_seed(0)
N, L, T = 4, 40, 5
x = np.empty((N, L), np.float32)
x[:] = np.arange(L) + np.random.randint(-4 * T, 4 * T, N).reshape(N, 1)
y = np.sin(x / 1.0 / T).astype(np.float32)


class LSTMPredictor(nn.Module):
    def __init__(self, n_hidden=6):
        super(LSTMPredictor, self).__init__()
        self.n_hidden = n_hidden
        self.lstm1 = nn.LSTMCell(1, self.n_hidden)
        self.lstm2 = nn.LSTMCell(self.n_hidden, self.n_hidden)
        self.linear = nn.Linear(self.n_hidden, 1)

    def forward(self, x, future=0):
        outputs = []
        n_samples = x.size(0)
        h_t = torch.zeros(n_samples, self.n_hidden, dtype=torch.float32)
        c_t = torch.zeros(n_samples, self.n_hidden, dtype=torch.float32)
        h_t2 = torch.zeros(n_samples, self.n_hidden, dtype=torch.float32)
        c_t2 = torch.zeros(n_samples, self.n_hidden, dtype=torch.float32)
        for input_t in x.split(1, dim=1):
            h_t, c_t = self.lstm1(input_t, (h_t, c_t))
            h_t2, c_t2 = self.lstm2(h_t, (h_t2, c_t2))
            output = self.linear(h_t2)
            outputs.append(output)
        for i in range(future):
            h_t, c_t = self.lstm1(output, (h_t, c_t))
            h_t2, c_t2 = self.lstm2(h_t, (h_t2, c_t2))
            output = self.linear(h_t2)
            outputs.append(output)
        outputs = torch.cat(outputs, dim=1)
        return outputs


train_input = torch.from_numpy(y[1:, :10])
train_target = torch.from_numpy(y[1:, 1:11])
model = LSTMPredictor()
criterion = nn.MSELoss()
optimizer = torch.optim.LBFGS(model.parameters(), lr=0.8, max_iter=2)
for i in range(1):
    def closure():
        optimizer.zero_grad()
        out = model(train_input)
        loss = criterion(out, train_target)
        loss.backward()
        return loss
    loss = optimizer.step(closure)
    print(f"Step {i} loss {loss.item():.5f}")
with torch.no_grad():
    pred = model(train_input, future=3)
    print(pred[:, -3:].numpy().shape, float(pred.mean()) < 10)
window = np.stack([y[0, i:i + 5] for i in range(6)])
scaled = (window - window.mean(axis=0)) / (window.std(axis=0) + 1e-8)
print(scaled.shape, scaled.max() > 0, np.isnan(scaled).any(), y.min() >= -1)
