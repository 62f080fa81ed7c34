import torch
import torch.nn as nn
from torch.autograd import Function


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
        super().__init__()
        self.feature = nn.Sequential()
        self.feature.add_module('f_fc1', nn.Linear(2, 8))
        self.feature.add_module('f_relu1', nn.ReLU(True))
        self.class_classifier = nn.Sequential(nn.Linear(8, 2), nn.LogSoftmax(dim=1))
        self.domain_classifier = nn.Sequential(nn.Linear(8, 2), nn.LogSoftmax(dim=1))

    def forward(self, input_data, alpha):
        feature = self.feature(input_data)
        reverse_feature = ReverseLayerF.apply(feature, alpha)
        return self.class_classifier(feature), self.domain_classifier(reverse_feature)


torch.manual_seed(0)
my_net = DANN()
optimizer = torch.optim.Adam(my_net.parameters(), lr=1e-3)
loss_class = loss_domain = torch.nn.NLLLoss()
for p in my_net.parameters():
    p.requires_grad = True
n_epoch, len_dataloader = 2, 2
for epoch in range(n_epoch):
    for i in range(len_dataloader):
        p = float(i + epoch * len_dataloader) / n_epoch / len_dataloader
        alpha = 2. / (1. + torch.exp(torch.tensor(-10 * p)).item()) - 1
        s, t = torch.randn(4, 2), torch.randn(4, 2) + 1
        my_net.zero_grad()
        class_out, domain_out = my_net(input_data=s, alpha=alpha)
        err_s_label = loss_class(class_out, torch.tensor([0, 1, 0, 1]))
        err_s_domain = loss_domain(domain_out, torch.zeros(4).long())
        _, domain_out = my_net(t, alpha)
        err_t_domain = loss_domain(domain_out, torch.ones(4).long())
        err = err_t_domain + err_s_domain + err_s_label
        err.backward()
        optimizer.step()
        print('\r epoch: %d, [iter: %d / all %d], err_s_label: %f, err_s_domain: %f, err_t_domain: %f'
              % (epoch, i + 1, len_dataloader, err_s_label.data.cpu().numpy(),
                 err_s_domain.data.cpu().numpy(), err_t_domain.data.cpu().item()))
