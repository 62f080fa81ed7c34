import torch

def compute_distances_no_loops(x_train, x_test):
    num_train = x_train.shape[0]
    num_test = x_test.shape[0]
    x_train = x_train.view(num_train, -1)
    x_test = x_test.view(num_test, -1)
    s1 = torch.sum(x_train ** 2, dim=1, keepdim=True)
    s2 = torch.sum(x_test ** 2, dim=1, keepdim=True)
    return torch.sqrt(s1 - 2 * x_train.mm(x_test.t()) + s2.t())

def svm_loss_vectorized(W, X, y, reg):
    num_train = X.shape[0]
    scores = X.mm(W)
    correct = scores[torch.arange(num_train), y].unsqueeze(1)
    margins = torch.clamp(scores - correct + 1, min=0)
    margins[torch.arange(num_train), y] = 0
    loss = margins.sum() / num_train + reg * torch.sum(W * W)
    binary = (margins > 0).to(W.dtype)
    row_sum = binary.sum(dim=1)
    binary[torch.arange(num_train), y] = -row_sum
    dW = X.t().mm(binary) / num_train + 2 * reg * W
    return loss, dW

torch.manual_seed(0)
tr, te = torch.randn(6, 1, 2, 2), torch.randn(3, 1, 2, 2)
d = compute_distances_no_loops(tr, te)
print(d.shape, torch.topk(d, 2, dim=0, largest=False).indices)
labels = torch.tensor([0, 1, 1, 0, 2, 2])
for i in range(3):
    idx = d[:, i].argsort()[:3]
    print(torch.bincount(labels[idx]).argmax().item(), torch.mode(labels[idx]).values.item())
W = torch.randn(4, 3, dtype=torch.double, requires_grad=True)
X = torch.randn(6, 4, dtype=torch.double)
loss, dW = svm_loss_vectorized(W.detach(), X, labels, 0.1)
scores = X @ W
m = (scores - scores.gather(1, labels[:, None]) + 1).clamp(min=0)
m = m * (1 - torch.nn.functional.one_hot(labels, 3))
auto = m.sum() / 6 + 0.1 * (W ** 2).sum()
auto.backward()
print(loss.item(), torch.allclose(dW, W.grad))
