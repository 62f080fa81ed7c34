import torch
from torch.autograd import Variable
x = Variable(torch.ones(2, 2), requires_grad=True)
y = Variable(torch.ones(1), volatile=True)
print(x)
