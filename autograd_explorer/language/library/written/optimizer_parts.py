"""torch.optim.optimizer: the decorators of its private parts, which optimizers of one's own take."""

import functools

import torch


def _use_grad_for_differentiable(func):
    @functools.wraps(func)
    def _use_grad(*args, **kwargs):
        before = torch.is_grad_enabled()
        try:
            torch.set_grad_enabled(args[0].defaults["differentiable"])
            return func(*args, **kwargs)
        finally:
            torch.set_grad_enabled(before)

    return _use_grad


def _disable_dynamo_if_unsupported(single_tensor_fn=None):
    return lambda func: func
