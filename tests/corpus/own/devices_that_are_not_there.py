"""What scripts and reports of bugs ask about devices, versions and switches."""

import torch

print(torch.xpu.is_available(), torch.mps.device_count(), torch.mtia.is_available())
print(torch.backends.cuda.is_built(), torch.backends.cuda.flash_sdp_enabled())
print(torch.version.hip, torch.version.debug, len(torch.version.git_version))
print(torch.cuda.get_arch_list(), torch.cuda.memory_stats())
print(torch.__config__.show().startswith("PyTorch built with"), torch.backends.mkl.is_available())
torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction = False
torch._dynamo.config.suppress_errors = True
print(torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction)
for ask in (torch.cuda.current_device, torch.cuda.synchronize, torch.xpu.current_device):
    try:
        print(ask())
    except AssertionError as error:
        print(error)
try:
    torch.accelerator.synchronize()
except RuntimeError as error:
    print(error)
