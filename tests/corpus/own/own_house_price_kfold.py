import torch
from torch import nn

torch.manual_seed(0)
n = 60
feat = torch.rand(n, 5)
price = torch.exp(feat @ torch.tensor([1., .5, -.5, .2, 0.]) + 3 + 0.05 * torch.randn(n)).unsqueeze(1)
loss = nn.MSELoss()


def get_net():
    return nn.Sequential(nn.Linear(5, 1))


def log_rmse(net, features, labels):
    clipped_preds = torch.clamp(net(features), 1, float('inf'))
    rmse = torch.sqrt(loss(torch.log(clipped_preds), torch.log(labels)))
    return rmse.item()


def train(net, tf, tl, vf, vl, num_epochs, lr, wd, bs):
    tr, te = [], []
    it = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(tf, tl), bs, shuffle=True)
    opt = torch.optim.Adam(net.parameters(), lr=lr, weight_decay=wd)
    for epoch in range(num_epochs):
        for X, y in it:
            opt.zero_grad()
            l = loss(net(X), y)
            l.backward()
            opt.step()
        tr.append(log_rmse(net, tf, tl))
        if vl is not None:
            te.append(log_rmse(net, vf, vl))
    return tr, te


def get_k_fold_data(k, i, X, y):
    assert k > 1
    fold_size = X.shape[0] // k
    X_train, y_train = None, None
    for j in range(k):
        idx = slice(j * fold_size, (j + 1) * fold_size)
        X_part, y_part = X[idx, :], y[idx]
        if j == i:
            X_valid, y_valid = X_part, y_part
        elif X_train is None:
            X_train, y_train = X_part, y_part
        else:
            X_train = torch.cat([X_train, X_part], 0)
            y_train = torch.cat([y_train, y_part], 0)
    return X_train, y_train, X_valid, y_valid


total_t = total_v = 0
k = 4
for i in range(k):
    t, v = train(get_net(), *get_k_fold_data(k, i, feat, price), 8, 1.0, 0, 16)
    total_t += t[-1]
    total_v += v[-1]
    print(f'fold {i + 1}, train log rmse {float(t[-1]):f}, valid log rmse {float(v[-1]):f}')
print(f'{k}-fold validation: avg train log rmse: {total_t / k:f}, avg valid log rmse: {total_v / k:f}')
