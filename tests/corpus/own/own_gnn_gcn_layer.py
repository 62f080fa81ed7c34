import math
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.parameter import Parameter
from torch.nn.modules.module import Module


class GraphConvolution(Module):
    """
    Simple GCN layer, similar to https://arxiv.org/abs/1609.02907
    """

    def __init__(self, in_features, out_features, bias=True):
        super(GraphConvolution, self).__init__()
        self.in_features = in_features
        self.out_features = out_features
        self.weight = Parameter(torch.FloatTensor(in_features, out_features))
        if bias:
            self.bias = Parameter(torch.FloatTensor(out_features))
        else:
            self.register_parameter('bias', None)
        self.reset_parameters()

    def reset_parameters(self):
        stdv = 1. / math.sqrt(self.weight.size(1))
        self.weight.data.uniform_(-stdv, stdv)
        if self.bias is not None:
            self.bias.data.uniform_(-stdv, stdv)

    def forward(self, input, adj):
        support = torch.mm(input, self.weight)
        output = torch.spmm(adj, support)
        if self.bias is not None:
            return output + self.bias
        else:
            return output

    def __repr__(self):
        return self.__class__.__name__ + ' (' \
            + str(self.in_features) + ' -> ' \
            + str(self.out_features) + ')'


torch.manual_seed(0)
edges = torch.tensor([[0, 1, 2, 3, 1], [1, 2, 3, 0, 0]])
adj = torch.sparse_coo_tensor(edges, torch.ones(5), (4, 4)).to_dense()
adj = adj + adj.t() + torch.eye(4)
deg = adj.sum(1)
norm_adj = torch.diag(deg.pow(-0.5)) @ adj @ torch.diag(deg.pow(-0.5))
gcn1, gcn2 = GraphConvolution(3, 5), GraphConvolution(5, 2, bias=False)
x = torch.randn(4, 3)
out = gcn2(F.relu(gcn1(x, norm_adj.to_sparse())), norm_adj.to_sparse())
F.nll_loss(F.log_softmax(out, 1), torch.tensor([0, 1, 1, 0])).backward()
print(gcn1, gcn2, gcn1.weight.grad.shape)
print(torch.zeros(4, 3).index_add_(0, edges[1], x[edges[0]]))
print(torch.zeros(4, 3).scatter_add(0, edges[1].unsqueeze(1).expand(-1, 3), x[edges[0]]).sum())
