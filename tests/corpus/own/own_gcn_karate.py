import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
edges = [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (4, 5), (3, 5), (5, 6), (6, 4)]
n = 7
A = torch.zeros(n, n)
for i, j in edges:
    A[i, j] = A[j, i] = 1
A_hat = A + torch.eye(n)
D = torch.diag(A_hat.sum(1).pow(-0.5))
S = D @ A_hat @ D


class GraphConv(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        self.weight = nn.Parameter(torch.FloatTensor(in_features, out_features))
        if bias:
            self.bias = nn.Parameter(torch.FloatTensor(out_features))
        else:
            self.register_parameter('bias', None)
        self.reset_parameters()

    def reset_parameters(self):
        stdv = 1. / self.weight.size(1) ** 0.5
        self.weight.data.uniform_(-stdv, stdv)
        if self.bias is not None:
            self.bias.data.uniform_(-stdv, stdv)

    def forward(self, input, adj):
        support = torch.mm(input, self.weight)
        output = torch.spmm(adj, support)
        return output + self.bias if self.bias is not None else output

    def __repr__(self):
        return self.__class__.__name__ + ' (' + str(self.weight.shape[0]) + ' -> ' + str(self.weight.shape[1]) + ')'


class GCN(nn.Module):
    def __init__(self):
        super().__init__()
        self.gc1, self.gc2 = GraphConv(n, 8), GraphConv(8, 2, bias=False)

    def forward(self, x, adj):
        x = F.relu(self.gc1(x, adj))
        x = F.dropout(x, 0.1, training=self.training)
        return F.log_softmax(self.gc2(x, adj), dim=1)


model = GCN()
print(model)
opt = torch.optim.Adam(model.parameters(), lr=0.05, weight_decay=5e-4)
labels, known = torch.tensor([0, 0, 0, 0, 1, 1, 1]), torch.tensor([0, 6])
for epoch in range(40):
    model.train()
    opt.zero_grad()
    out = model(torch.eye(n), S)
    loss = F.nll_loss(out[known], labels[known])
    loss.backward()
    opt.step()
model.eval()
pred = model(torch.eye(n), S).max(1)[1]
print(pred.tolist(), f"{loss.item():.4f}", pred.type_as(labels).eq(labels).double().mean().item())
src, dst = zip(*edges)
agg = torch.zeros(n).scatter_add(0, torch.tensor(dst), torch.ones(len(edges)))
print(agg, A.nonzero().size(), torch.equal(A, A.t()))
