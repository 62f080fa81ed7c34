try:
    import wandb
    HAS = True
except ImportError:
    HAS = False
print(HAS)
try:
    from apex import amp
except (ImportError, ModuleNotFoundError) as e:
    print(type(e).__name__, e)
    amp = None
try:
    from torch.utils.tensorboard import SummaryWriter
except ImportError as e:
    print("no tb")
try:
    from torch.utils.data import DataLoader
except ImportError:
    print("?")
import torch.distributed as dist
print(dist.is_available(), dist.is_initialized())
