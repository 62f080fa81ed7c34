"""What a watched step costs beside torchviz and torchlens, over the same step without either.

    python -m benchmarks.beside_others

Each is asked for the most that it has of one forward and one backward pass: watch() for the graph,
the gradient on each edge and the diagnosis; torchlens for every operation with its result and its
gradient; torchviz for the text of its picture with what is saved, without drawing it, and it has no
gradients. Neither of them is a requirement of this project: one that is not installed is skipped,
and this says so. To have them for one run, without changing an environment:

    pip install --no-deps --target FOLDER torchviz torchlens graphviz safetensors tqdm
    PYTHONPATH=FOLDER python -m benchmarks.beside_others

The least processor time of several turns, of one thread, in turns with the plain step.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import torch
from torch import Tensor, nn

import autograd_explorer as ax
from autograd_explorer.process import freeze_heap
from benchmarks.watch_cost import layers, transformer

TURNS = 5

Way = Callable[[nn.Module, Tensor], object]


def plain(model: nn.Module, x: Tensor) -> object:
    loss = model(x).square().mean()
    loss.backward()
    return loss


def watched(model: nn.Module, x: Tensor) -> object:
    with ax.watch() as seen:
        model(x).square().mean().backward()
    return seen.graph, seen.findings


def with_torchviz(model: nn.Module, x: Tensor) -> object:
    torchviz: Any = import_module("torchviz")
    loss = model(x).square().mean()
    parameters = dict(model.named_parameters())
    text = torchviz.make_dot(loss, parameters, show_attrs=True, show_saved=True).source
    loss.backward()
    return text


def with_torchlens(model: nn.Module, x: Tensor) -> object:
    torchlens: Any = import_module("torchlens")
    capture = torchlens.options.CaptureOptions(save_grads=True)
    log = torchlens.trace(model, x, capture=capture)
    log.log_backward(log[log.output_layers[0]].out.square().mean())
    return log


WAYS: dict[str, Way] = {
    "autograd_explorer": watched,
    "torchviz": with_torchviz,
    "torchlens": with_torchlens,
}


def seconds(way: Way, model: nn.Module, x: Tensor) -> float:
    model.zero_grad()
    start = time.process_time()
    made = way(model, x)
    taken = time.process_time() - start
    del made  # what it takes to let go of it is not counted
    return taken


def measure(name: str) -> None:
    """Print what one way costs. It has a process of its own: what torchlens leaves in one makes
    all others slower, too."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    freeze_heap()
    models = {
        "100 layers": layers("cpu", 100),
        "1,000 layers": layers("cpu"),
        "transformer": transformer("cpu"),
    }
    for case, (model, x) in models.items():
        bare, taken = [], []
        try:
            for _ in range(TURNS):
                bare.append(seconds(plain, model, x))
                taken.append(seconds(WAYS[name], model, x))
        except RecursionError as error:
            print(f"{name:18} {case:12} {type(error).__name__}: {error}", flush=True)
        else:
            print(f"{name:18} {case:12} {min(taken) / min(bare):8.2f}", flush=True)


def main() -> None:
    if len(sys.argv) > 1:
        measure(sys.argv[1])
        return
    for name in WAYS:
        if find_spec(name) is None:
            print(f"{name:18} is not installed, and skipped")
        else:
            subprocess.run([sys.executable, "-m", "benchmarks.beside_others", name], check=True)


if __name__ == "__main__":
    main()
