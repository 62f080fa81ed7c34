import os
import sys
import platform
import random
import warnings
import numpy as np
import torch
import torch.backends.cudnn as cudnn
import torch.nn as nn

warnings.filterwarnings("ignore")
os.environ["CUDA_VISIBLE_DEVICES"] = "0"
os.environ.setdefault("OMP_NUM_THREADS", "1")


def seed_everything(seed=42):
    random.seed(seed)
    os.environ['PYTHONHASHSEED'] = str(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    torch.cuda.manual_seed(seed)
    torch.cuda.manual_seed_all(seed)
    torch.backends.cudnn.deterministic = True
    torch.backends.cudnn.benchmark = False
    torch.use_deterministic_algorithms(True)


seed_everything(7)
use_cuda = torch.cuda.is_available()
device = torch.device("cuda:0" if use_cuda else "mps" if torch.backends.mps.is_available() else "cpu")
print(device, torch.cuda.device_count(), sys.version_info >= (3, 8), torch.__version__.split(".")[0])
kwargs = {'num_workers': 1, 'pin_memory': True} if use_cuda else {}
model = nn.Linear(2, 2).to(device)
if torch.cuda.device_count() > 1:
    model = nn.DataParallel(model)
if use_cuda:
    model.cuda()
    cudnn.benchmark = True
    print(torch.cuda.get_device_name(0), torch.cuda.memory_allocated())
x = torch.randn(3, 2, device=device, requires_grad=True)
model(x.to(device, non_blocking=True)).sum().backward()
print(x.grad, kwargs, random.random(), np.random.rand())
torch.set_num_threads(1)
torch.cuda.empty_cache()
try:
    torch.ones(1).cuda()
except Exception as e:
    print(type(e).__name__)
