import torch, sys, os, warnings
import numpy as np
sys.path.append('..')
os.environ['X'] = '1'
warnings.filterwarnings('ignore')
torch.backends.cudnn.deterministic = True
torch.cuda.manual_seed_all(1)
device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
print(device, os.path.join('a','b'), os.environ['X'], torch.backends.cudnn.deterministic, sys.version_info >= (3,8), sys.version_info[0])
sys.stdout.write('hi\n'); print('x', file=sys.stderr)
torch.set_printoptions(precision=2, sci_mode=False); print(torch.tensor([1.23456]))
torch.set_default_dtype(torch.float64); print(torch.ones(1).dtype, torch.tensor(1.))
with torch.autocast('cpu', dtype=torch.bfloat16): print((torch.ones(2,2, dtype=torch.float32)@torch.ones(2,2, dtype=torch.float32)).dtype)