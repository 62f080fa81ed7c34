"""Runs programs one by one, each in a process of its own that is forked from this one.

What a hostile program breaks, it breaks there: a crash, a hang or a gigabyte is an answer like
any other. Reads a path a line, and writes a line of JSON for each.
"""

import json
import os
import resource
import select
import signal
import sys
import threading
import time
import warnings
from functools import partial
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"  # as in boot.py

import torch

import autograd_explorer as ax
from autograd_explorer.process import freeze_heap

PATIENCE = 15.0  # seconds until a program counts as one that never ends
MEMORY = 3 * 2**30  # more than that and the system says no
STACK = 8 * 2**20  # of a thread, as on a server


def warm_up():
    """What the first program of a kind loads is no program's doing."""
    torch.set_num_threads(1)
    ax.run(ax.Problem().source)
    ax.run(
        "import torch\nm = torch.nn.Linear(2, 2)\nm(torch.ones(1, 2)).sum().backward()\n"
        "torch.optim.SGD(m.parameters(), lr=0.1).step()\ntorch.func.grad(torch.sin)(torch.ones(()))"
    )
    freeze_heap()


def pages():
    return [int(n) * resource.getpagesize() for n in Path("/proc/self/statm").read_text().split()]


def shared_state():
    """What belongs to the process, and so to everybody."""
    return {
        "filters": [str(one) for one in warnings.filters],
        "generator": torch.random.get_rng_state().tolist(),
        "recording": torch.is_grad_enabled(),
        "inference": torch.is_inference_mode_enabled(),
        "anomaly": torch.is_anomaly_enabled(),
        "type": str(torch.get_default_dtype()),
        "annotations": sorted(torch.nn.Module.__annotations__),
        "level": torch._C._functorch.maybe_current_level(),
        "hooks": torch._C._autograd._saved_tensors_hooks_is_enabled(),
        "forward": torch.autograd.forward_ad._current_level,
        "recursion": sys.getrecursionlimit(),
        "folder": sorted(str(path) for path in Path().iterdir()),
    }


def run_here(source, seconds):
    """Run a program in a thread, and say how it ended."""
    before, begun = shared_state(), time.monotonic()
    answer = {}

    def work():
        try:
            run = ax.run(source, ax.Limits(seconds=seconds))
        except BaseException as error:  # run never raises
            answer["raised"] = f"{type(error).__name__}: {error}"[:300]
            return
        error = run.error
        answer["kind"] = error.kind if error else None
        answer["key"] = error.key if error else None
        answer["message"] = error.message[:200] if error else None
        answer["line"] = error.line if error else None
        answer["printed"] = run.printed[:2000]

    threading.stack_size(STACK)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    answer["seconds"] = time.monotonic() - begun
    after = shared_state()
    answer["changed"] = [name for name in before if after[name] != before[name]]
    return answer


def run_often(source, seconds, times):
    """Run a program again and again: what the process grows by from the third time on."""
    answer = {}
    for i in range(times):
        answer = run_here(source, seconds)
        if i == 1:
            held = pages()[1]
    answer["grown"] = (pages()[1] - held) / 2**20
    return answer


def in_a_fork(source, seconds, times):
    reading, writing = os.pipe()
    held, begun = pages()[1], time.monotonic()
    pid = os.fork()
    if not pid:
        try:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            most = pages()[0] + MEMORY
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
            log = os.memfd_create("log")
            os.dup2(log, 1)
            os.dup2(log, 2)
            run = run_here if times == 1 else partial(run_often, times=times)
            answer = run(source, seconds)
            answer["logged"] = os.fstat(log).st_size
            os.write(writing, json.dumps(answer).encode())
        finally:
            os._exit(0)
    os.close(writing)
    said = b""
    ended = False
    while not ended:
        left = PATIENCE - (time.monotonic() - begun)
        if left <= 0 or not select.select([reading], [], [], left)[0]:
            os.kill(pid, signal.SIGKILL)
            break
        part = os.read(reading, 2**20)
        said += part
        ended = not part
    os.close(reading)
    _, status, used = os.wait4(pid, 0)
    answer = json.loads(said) if said else {}
    answer["peak"] = (used.ru_maxrss * 1024 - held) / 2**20
    answer["wall"] = time.monotonic() - begun
    if not ended:
        answer["how"] = "hang"
    elif os.WIFSIGNALED(status):
        answer["how"] = f"signal {os.WTERMSIG(status)}"
    elif not said:
        answer["how"] = "silence"
    else:
        answer["how"] = "raised" if "raised" in answer else "ended"
    return answer


def main():
    warm_up()
    for line in sys.stdin:
        task = json.loads(line)
        print(
            json.dumps(in_a_fork(task["source"], task["seconds"], task.get("times", 1))), flush=True
        )


if __name__ == "__main__":
    main()
