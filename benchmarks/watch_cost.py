"""What watch() costs, over forward + backward of the same step without it.

    python -m benchmarks.watch_cost

The ratio of the memory is that of two processes' peaks. Times are taken in turns, and the least of
several counts. The first step in a block pays for looking at what the program's variables lead to;
leaving the block is paid once, however many steps are inside.
Where there is a GPU, the same is measured there as well.
"""

import contextlib
import resource
import subprocess
import sys
import time

import torch
from torch import Tensor, nn

import autograd_explorer as ax
from autograd_explorer.process import freeze_heap

TURNS = 10


def clock(x: Tensor) -> float:
    """On the CPU the time of this process alone, which has one thread: what else the machine does
    is not counted."""
    if not x.is_cuda:
        return time.process_time()
    torch.cuda.synchronize()
    return time.perf_counter()


def layers(device: str, count: int = 1000) -> tuple[nn.Module, Tensor]:
    """Small layers, one after the other."""
    parts = [part for _ in range(count) for part in (nn.Linear(16, 16), nn.ReLU())]
    return nn.Sequential(*parts).to(device), torch.randn(8, 16, device=device)


def transformer(device: str) -> tuple[nn.Module, Tensor]:
    """12 layers of width 256, on 8 × 128 tokens."""
    layer = nn.TransformerEncoderLayer(256, 4, 1024, batch_first=True)
    model = nn.TransformerEncoder(layer, 12, enable_nested_tensor=False).to(device)
    return model, torch.randn(8, 128, 256, device=device)


def step(model: nn.Module, x: Tensor) -> float:
    start = clock(x)
    model(x).square().mean().backward()
    return clock(x) - start


def costs(model: nn.Module, x: Tensor) -> tuple[float, float, float, float]:
    """Seconds of a plain step, of the first and of a later watched one in a block, and of leaving
    the block."""
    plain, first, later, leaving = [], [], [], []
    step(model, x)
    for _ in range(TURNS):
        model.zero_grad()
        plain.append(step(model, x))
        model.zero_grad()
        with ax.watch():
            first.append(step(model, x))
            for _ in range(2):
                model.zero_grad()
                later.append(step(model, x))
            start = clock(x)
        leaving.append(clock(x) - start)
    return min(plain), min(first), min(later), min(leaving)


def memory(how: str) -> None:
    """Print by how many kB three steps of the transformer raise this process's peak."""
    model, x = transformer("cpu")
    with ax.watch() if how == "watched" else contextlib.nullcontext():
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(3):
            model.zero_grad()
            step(model, x)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)


def peak(how: str) -> int:
    """The same, of a process of its own."""
    command = [sys.executable, "-m", "benchmarks.watch_cost", how]
    return int(subprocess.run(command, capture_output=True, check=True).stdout)


def main() -> None:
    if len(sys.argv) > 1:
        memory(sys.argv[1])
        return
    # First, while this process is small: a child's peak begins with its parent's.
    print(f"memory of the transformer's steps {peak('watched') / peak('plain'):5.2f}", flush=True)
    torch.set_num_threads(1)
    torch.manual_seed(0)
    freeze_heap()
    for device in ("cpu", *(["cuda"] if torch.cuda.is_available() else [])):
        for make in (layers, transformer):
            plain, first, later, leaving = costs(*make(device))
            print(
                f"{device:5} {make.__name__:12} plain {plain * 1e3:7.1f} ms"
                f"   first step {first / plain:5.2f}   later {later / plain:5.2f}"
                f"   leaving {leaving / plain:5.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
