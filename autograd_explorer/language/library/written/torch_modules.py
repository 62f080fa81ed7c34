"""Modules of PyTorch's around another one, whose parts the interpreter then calls one by one."""

import copy

import torch
from torch import nn


class DataParallel(nn.Module):
    """Without a GPU it hands everything on."""

    def __init__(self, module, device_ids=None, output_device=None, dim=0):
        super().__init__()
        self.module = module

    def forward(self, *inputs, **kwargs):
        return self.module(*inputs, **kwargs)


class AveragedModel(nn.Module):
    def __init__(self, model, device=None, avg_fn=None, multi_avg_fn=None, use_buffers=False):
        super().__init__()
        if multi_avg_fn is not None and not callable(multi_avg_fn):
            raise TypeError("multi_avg_fn is not callable")
        self.module = copy.deepcopy(model)
        self.register_buffer("n_averaged", torch.tensor(0, dtype=torch.long))
        self.avg_fn, self.multi_avg_fn, self.use_buffers = avg_fn, multi_avg_fn, use_buffers

    def forward(self, *args, **kwargs):
        return self.module(*args, **kwargs)

    def update_parameters(self, model):
        mine, theirs = list(self.module.parameters()), list(model.parameters())
        if self.use_buffers:
            mine += list(self.module.buffers())
            theirs += list(model.buffers())
        mine, theirs = [p.detach() for p in mine], [p.detach() for p in theirs]
        if self.n_averaged == 0:
            for ours, other in zip(mine, theirs):
                ours.copy_(other)
        elif self.multi_avg_fn is not None:
            for dtype in dict.fromkeys([p.dtype for p in mine]):
                same = [(p, q) for p, q in zip(mine, theirs) if p.dtype == dtype]
                self.multi_avg_fn([p for p, _ in same], [q for _, q in same], self.n_averaged)
        else:
            for ours, other in zip(mine, theirs):
                average = self.avg_fn or get_swa_avg_fn()
                ours.copy_(average(ours, other, self.n_averaged))
        if not self.use_buffers:
            for ours, other in zip(self.module.buffers(), model.buffers()):
                ours.detach().copy_(other.detach())
        self.n_averaged += 1


def _check_decay(decay):
    if decay < 0.0 or decay > 1.0:
        words = f"Invalid decay value {decay} provided. Please provide a value in [0,1] range."
        raise ValueError(words)


def get_ema_avg_fn(decay=0.999):
    _check_decay(decay)

    @torch.no_grad()
    def ema_update(ema_param, current_param, num_averaged):
        return decay * ema_param + (1 - decay) * current_param

    return ema_update


def get_ema_multi_avg_fn(decay=0.999):
    _check_decay(decay)

    @torch.no_grad()
    def ema_update(ema_param_list, current_param_list, _):
        for ours, other in zip(ema_param_list, current_param_list):
            if ours.is_floating_point() or ours.is_complex():
                ours.lerp_(other, 1 - decay)
            else:
                ours.copy_(ours * decay + other * (1 - decay))

    return ema_update


def get_swa_avg_fn():
    @torch.no_grad()
    def swa_update(averaged_param, current_param, num_averaged):
        return averaged_param + (current_param - averaged_param) / (num_averaged + 1)

    return swa_update


@torch.no_grad()
def update_bn(loader, model, device=None):
    momenta = {}
    for module in model.modules():
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)):
            module.running_mean.zero_()
            module.running_var.fill_(1)
            module.num_batches_tracked.zero_()
            momenta[module] = module.momentum
    if not momenta:
        return
    was_training = model.training
    model.train()
    for module in momenta:
        module.momentum = None
    for input in loader:
        model(input[0] if isinstance(input, (list, tuple)) else input)
    for module in momenta:
        module.momentum = momenta[module]
    model.train(was_training)
