"""What the files of packages begin with: versions, types, and PyTorch's own helpers."""

import traceback
from types import SimpleNamespace

import numpy as np
import torch
from packaging import version
from packaging.version import Version, parse
from torch import nn
from torch.distributions import Distribution, Normal, transforms
from torch.distributions.utils import _sum_rightmost, broadcast_all, logits_to_probs
from torch.nn.common_types import _size_2_t
from torch.optim.optimizer import (
    Optimizer,
    _default_to_fused_or_foreach,
    _get_value,
    _use_grad_for_differentiable,
)
from torch.utils._foreach_utils import _get_foreach_kernels_supported_devices
from typing_extensions import Literal, Self, TypeAlias, TypedDict, override

if __debug__ and version.parse(torch.__version__.split("+")[0]) >= parse("1.13"):
    print("new enough", Version("2.0").major, max(parse("1.2"), parse("1.10")))
try:
    parse("no such")
except version.InvalidVersion as error:
    print(error)

Kind: TypeAlias = Literal["a", "b"]


class Options(TypedDict):
    lr: float


class Steepest(Optimizer):
    def __init__(self, params, lr=0.1):
        super().__init__(params, dict(lr=lr, differentiable=False))

    @override
    @_use_grad_for_differentiable
    def step(self, closure=None) -> Self:
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            params = [p for p in group["params"] if p.grad is not None]
            print(_default_to_fused_or_foreach(params, group["differentiable"], use_fused=False))
            torch._foreach_add_(params, [p.grad for p in params], alpha=-group["lr"])
        return loss


w = torch.ones(2, requires_grad=True)
optimizer = Steepest([w], **Options(lr=0.2))


def closure():
    optimizer.zero_grad()
    loss = (w**2).sum()
    loss.backward()
    return loss


for _ in range(2):
    print(optimizer.step(closure), w, _get_value(torch.tensor(2.0)))
print("cuda" in _get_foreach_kernels_supported_devices(), _size_2_t)

a, b = broadcast_all(torch.ones(2), 3.0)
print(a, b, _sum_rightmost(torch.ones(2, 3), 1), logits_to_probs(torch.zeros(2)))
Distribution.set_default_validate_args(False)
print(Normal(0.0, -1.0).log_prob(torch.tensor(0.5)))
Distribution.set_default_validate_args(True)
try:
    Normal(0.0, -1.0)
except ValueError as error:
    print(str(error)[:40])
Distribution.arg_constraints = {}


class Delta(Distribution):
    has_rsample = True

    def __init__(self, at, validate_args=None):
        self.at = at
        super().__init__(at.shape, validate_args=validate_args)

    def rsample(self, shape=torch.Size()):
        return self.at.expand(*shape, *self.at.shape)


print(Delta(torch.ones(2)).sample((2,)), transforms.SoftmaxTransform().codomain.event_dim)
print(torch.onnx.is_in_onnx_export(), torch.compiler.is_exporting(), torch.jit.annotate(int, 3))
print(torch.float8_e5m2, torch.complex32, isinstance(3, torch.SymInt), isinstance(nn.ReLU(), nn.SyncBatchNorm))
print(np.polynomial.legendre.leggauss(3), __import__("math").pi)
torch._assert(True, "not seen")
torch._assert_async(torch.tensor(1.0))
for check in (torch._check, torch._check_value, torch._check_type, torch._check_index):
    try:
        check(False, lambda: "too small")
    except Exception as error:
        print(type(error).__name__, error)
try:
    SimpleNamespace(a=1).b
except AttributeError as error:
    print(error)
try:
    1 / 0
except ZeroDivisionError as error:
    print(traceback.format_exception_only(type(error), error), len(traceback.format_exception(error)) > 1)
try:
    torch.distributed.get_rank()
except ValueError as error:
    print(error)
