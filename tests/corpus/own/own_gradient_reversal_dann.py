import torch
import torch.nn as nn
from torch.autograd import Function

torch.manual_seed(0)


class ReverseLayerF(Function):
    @staticmethod
    def forward(ctx, x, alpha):
        ctx.alpha = alpha
        return x.view_as(x)

    @staticmethod
    def backward(ctx, grad_output):
        output = grad_output.neg() * ctx.alpha
        return output, None


class DANN(nn.Module):
    def __init__(self):
        super(DANN, self).__init__()
        self.feature = nn.Sequential()
        self.feature.add_module('f_fc1', nn.Linear(2, 8))
        self.feature.add_module('f_relu1', nn.ReLU(True))
        self.class_classifier = nn.Sequential()
        self.class_classifier.add_module('c_fc1', nn.Linear(8, 2))
        self.class_classifier.add_module('c_softmax', nn.LogSoftmax(dim=1))
        self.domain_classifier = nn.Sequential()
        self.domain_classifier.add_module('d_fc1', nn.Linear(8, 2))
        self.domain_classifier.add_module('d_softmax', nn.LogSoftmax(dim=1))

    def forward(self, input_data, alpha):
        feature = self.feature(input_data)
        reverse_feature = ReverseLayerF.apply(feature, alpha)
        return self.class_classifier(feature), self.domain_classifier(reverse_feature)


net = DANN()
opt = torch.optim.Adam(net.parameters(), lr=1e-2)
src, tgt = torch.randn(32, 2), torch.randn(32, 2) + 1
lab = (src[:, 0] > 0).long()
n_epoch = 10
for epoch in range(n_epoch):
    p = float(epoch) / n_epoch
    alpha = 2. / (1. + torch.exp(torch.tensor(-10 * p)).item()) - 1
    net.zero_grad()
    c, d = net(input_data=src, alpha=alpha)
    err = nn.NLLLoss()(c, lab) + nn.NLLLoss()(d, torch.zeros(32).long())
    _, d2 = net(tgt, alpha)
    err = err + nn.NLLLoss()(d2, torch.ones(32).long())
    err.backward()
    opt.step()
    if epoch % 3 == 0:
        print('epoch: %d, alpha %.3f, err %.4f' % (epoch, alpha, err.cpu().data.numpy()))
x = torch.ones(2, requires_grad=True)
ReverseLayerF.apply(x, 0.5).sum().backward()
print(x.grad)
