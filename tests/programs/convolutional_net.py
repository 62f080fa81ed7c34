"""Conv2d, pooling, batch norm, flatten: a small image classifier."""
import torch
from torch import nn
import torch.nn.functional as F

torch.manual_seed(17)

class LeNet(nn.Module):
    def __init__(self):
        super(LeNet, self).__init__()
        self.conv1 = nn.Conv2d(1, 3, kernel_size=3, padding=1)
        self.bn = nn.BatchNorm2d(3)
        self.conv2 = nn.Conv2d(3, 4, 3)
        self.fc = nn.Linear(4 * 3 * 3, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn(self.conv1(x))), (2, 2))
        x = F.relu(self.conv2(x))
        x = torch.flatten(x, 1)
        return F.log_softmax(self.fc(x), dim=1)

net = LeNet()
x = torch.randn(2, 1, 10, 10)
out = net(x)
print(out.shape)
loss = F.nll_loss(out, torch.tensor([3, 7]))
print(loss)
loss.backward()
print(net.conv2.bias.grad)
for name, p in net.named_parameters():
    print(f"{name:<14}{str(list(p.shape)):<18}{p.grad.norm().item():.3f}")
print(net.bn.running_mean, net.bn.num_batches_tracked)
