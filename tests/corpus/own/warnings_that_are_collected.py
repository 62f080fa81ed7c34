import warnings
import torch
import torch.nn as nn
import torch.nn.functional as F
def say(f):
    with warnings.catch_warnings(record=True) as ws:
        warnings.simplefilter("always")
        f()
    print([(w.category.__name__, str(w.message)[:50]) for w in ws])
say(lambda: F.softmax(torch.ones(2)))
say(lambda: nn.MSELoss(reduce=False)(torch.ones(2), torch.zeros(2)))
say(lambda: F.mse_loss(torch.ones(2, 1), torch.ones(2)))
say(lambda: F.sigmoid(torch.ones(1)))
say(lambda: torch.tensor(torch.ones(1)))
say(lambda: nn.LSTM(2, 2, num_layers=1, dropout=.5))
x = torch.ones(1, requires_grad=True) * 2
say(lambda: x.grad)
opt = torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=1.); s = torch.optim.lr_scheduler.StepLR(opt, 1)
say(lambda: s.step())
say(lambda: torch.range(0, 2))
say(lambda: torch.ones(3).T)
say(lambda: warnings.warn("own warning"))
say(lambda: warnings.warn("dep", DeprecationWarning))
say(lambda: torch.std(torch.ones(1)))
say(lambda: torch.meshgrid(torch.ones(1), torch.ones(2)))
say(lambda: nn.Softmax()(torch.ones(2)))
say(lambda: nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 1), 1))
say(lambda: torch.nn.utils.clip_grad_norm([x], 1.))
say(lambda: nn.init.uniform(torch.ones(1)))
say(lambda: torch.autograd.Variable(torch.ones(1), volatile=True))
say(lambda: F.dropout2d(torch.ones(1, 2, 3)))
say(lambda: nn.CrossEntropyLoss(size_average=True))
say(lambda: torch.jit.script(lambda x: x) if False else None)
y = torch.ones(2, requires_grad=True); z = y * 2
say(lambda: z.sum().backward(create_graph=True))
say(lambda: torch.optim.lr_scheduler.StepLR(opt, 1).step(3))
say(lambda: torch.cuda.amp.GradScaler())
say(lambda: torch.cuda.amp.autocast())
say(lambda: nn.utils.weight_norm(nn.Linear(1, 1)))
say(lambda: torch.utils.data.DataLoader([1], pin_memory=True))
say(lambda: nn.KLDivLoss()(torch.zeros(1, 2), torch.ones(1, 2)))
say(lambda: nn.Linear(0, 1))
say(lambda: torch.set_default_tensor_type(torch.FloatTensor))
