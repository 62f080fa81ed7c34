"""torch.amp.GradScaler, on a machine without a GPU."""

import warnings

import torch


class GradScaler:
    def __init__(self, device="cuda", init_scale=65536.0, growth_factor=2.0, backoff_factor=0.5,
                 growth_interval=2000, enabled=True):
        if enabled and device == "cuda":
            warnings.warn(f"torch.{device}.amp.GradScaler is enabled, but CUDA is not available.  "
                          "Disabling.")
        self._enabled = enabled and device == "cpu"
        self._scale = torch.full((), init_scale)
        self._growth_factor, self._backoff_factor = growth_factor, backoff_factor
        self._growth_interval, self._good_steps = growth_interval, 0
        self._unscaled, self._found_inf = [], False

    def is_enabled(self):
        return self._enabled

    def get_scale(self):
        return self._scale.item() if self._enabled else 1.0

    def scale(self, outputs):
        if not self._enabled:
            return outputs
        if isinstance(outputs, (list, tuple)):
            return type(outputs)(self.scale(value) for value in outputs)
        return outputs * self._scale

    def unscale_(self, optimizer):
        if not self._enabled:
            return
        if optimizer in self._unscaled:
            raise RuntimeError("unscale_() has already been called on this optimizer since the "
                               "last update().")
        with torch.no_grad():
            inverse = self._scale.double().reciprocal().float()
            for group in optimizer.param_groups:
                for parameter in group["params"]:
                    if parameter.grad is not None:
                        if not torch.isfinite(parameter.grad).all():
                            self._found_inf = True
                        parameter.grad.mul_(inverse)
        self._unscaled.append(optimizer)

    def step(self, optimizer, *args, **kwargs):
        if not self._enabled:
            return optimizer.step(*args, **kwargs)
        if optimizer not in self._unscaled:
            self.unscale_(optimizer)
        if not self._found_inf:
            return optimizer.step(*args, **kwargs)

    def update(self, new_scale=None):
        if not self._enabled:
            return
        if new_scale is not None:
            self._scale.fill_(new_scale)
        elif self._found_inf:
            self._scale.mul_(self._backoff_factor)
            self._good_steps = 0
        else:
            self._good_steps += 1
            if self._good_steps == self._growth_interval:
                self._scale.mul_(self._growth_factor)
                self._good_steps = 0
        self._unscaled, self._found_inf = [], False

    def state_dict(self):
        if not self._enabled:
            return {}
        return {"scale": self.get_scale(), "growth_factor": self._growth_factor,
                "backoff_factor": self._backoff_factor, "growth_interval": self._growth_interval,
                "_growth_tracker": self._good_steps}

    def load_state_dict(self, state_dict):
        if self._enabled:
            self._scale.fill_(state_dict["scale"])
            self._good_steps = state_dict["_growth_tracker"]


class CudaGradScaler(GradScaler):
    """torch.cuda.amp.GradScaler"""

    def __init__(self, init_scale=65536.0, growth_factor=2.0, backoff_factor=0.5,
                 growth_interval=2000, enabled=True):
        warnings.warn("`torch.cuda.amp.GradScaler(args...)` is deprecated. Please use "
                      "`torch.amp.GradScaler('cuda', args...)` instead.", FutureWarning)
        super().__init__("cuda", init_scale, growth_factor, backoff_factor, growth_interval, enabled)
