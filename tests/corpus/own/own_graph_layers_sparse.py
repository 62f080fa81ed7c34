import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.sparse import mm as spmm
torch.manual_seed(72)
class GraphConvolution(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super(GraphConvolution, self).__init__()
        self.in_features = in_features
        self.out_features = out_features
        self.weight = nn.parameter.Parameter(torch.FloatTensor(in_features, out_features))
        if bias:
            self.bias = nn.parameter.Parameter(torch.FloatTensor(out_features))
        else:
            self.register_parameter('bias', None)
        self.reset_parameters()
    def reset_parameters(self):
        stdv = 1. / (self.weight.size(1) ** 0.5)
        self.weight.data.uniform_(-stdv, stdv)
        if self.bias is not None:
            self.bias.data.uniform_(-stdv, stdv)
    def forward(self, input, adj):
        support = torch.mm(input, self.weight)
        output = torch.spmm(adj, support)
        return output + self.bias if self.bias is not None else output
    def __repr__(self):
        return self.__class__.__name__ + ' (' + str(self.in_features) + ' -> ' + str(self.out_features) + ')'
class GAT(nn.Module):
    def __init__(self, i, o, alpha=0.2):
        super().__init__()
        self.W = nn.Parameter(torch.empty(size=(i, o)))
        nn.init.xavier_uniform_(self.W.data, gain=1.414)
        self.a = nn.Parameter(torch.empty(size=(2 * o, 1)))
        nn.init.xavier_uniform_(self.a.data, gain=1.414)
        self.leakyrelu = nn.LeakyReLU(alpha)
    def forward(self, h, adj):
        Wh = torch.mm(h, self.W)
        o = Wh.size(1)
        e = self.leakyrelu(torch.matmul(Wh, self.a[:o, :]) + torch.matmul(Wh, self.a[o:, :]).T)
        zero_vec = -9e15 * torch.ones_like(e)
        attention = F.softmax(torch.where(adj > 0, e, zero_vec), dim=1)
        return F.elu(torch.matmul(attention, Wh))
edges = torch.tensor([[0, 1, 1, 2, 3], [1, 0, 2, 3, 0]])
i = torch.cat([edges, edges.flip(0), torch.arange(4).repeat(2, 1)], 1)
v = torch.ones(i.size(1))
adj = torch.sparse_coo_tensor(i, v, (4, 4)).coalesce()
print(adj.indices().shape, adj.values(), adj.is_sparse)
deg = torch.sparse.sum(adj, dim=1).to_dense()
norm = deg.pow(-0.5)
adj = torch.sparse_coo_tensor(adj.indices(), adj.values() * norm[adj.indices()[0]] * norm[adj.indices()[1]], adj.shape)
print(adj.to_dense())
x = torch.randn(4, 3)
gc1, gc2, gat = GraphConvolution(3, 5), GraphConvolution(5, 2), GAT(5, 2)
print(gc1)
out = F.log_softmax(gc2(F.relu(gc1(x, adj)), adj) + gat(F.relu(gc1(x, adj)), adj.to_dense()), dim=1)
loss = F.nll_loss(out[[0, 2]], torch.LongTensor([0, 1]))
loss.backward()
print(loss.item(), gc1.weight.grad, gat.a.grad.T)
print(adj)
emb = nn.Embedding(5, 2, sparse=True)
emb(torch.tensor([1, 1, 3])).sum().backward()
print(emb.weight.grad)
opt = torch.optim.SparseAdam(emb.parameters()); opt.step(); print(emb.weight.grad.coalesce().values())
