"""Every hostile program is run once, two at a time, before the first test asks how one ended."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.hostile.corpus import corpus

ROOT = Path(__file__).parents[2]
AT_ONCE = 2
SECONDS = 2.0  # instead of five: what would go on for ever does not in two either


class Forks:
    """A process of forks.py."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.forks"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
        )

    def run(self, source, seconds=SECONDS, times=1):
        task = {"source": source, "seconds": seconds, "times": times}
        self.process.stdin.write(json.dumps(task) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


@pytest.fixture(scope="session")
def forks(tmp_path_factory):
    forks = Forks(tmp_path_factory.mktemp("forks"))
    yield forks
    forks.close()


@pytest.fixture(scope="session")
def answers(tmp_path_factory):
    """How each program of the corpus ended, by its name."""
    folders = [tmp_path_factory.mktemp("forks") for _ in range(AT_ONCE)]
    idle = SimpleQueue()
    for folder in folders:
        idle.put(Forks(folder))

    def run(hostile):
        forks = idle.get()
        try:
            return hostile.name, forks.run(hostile.source)
        finally:
            idle.put(forks)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = dict(pool.map(run, corpus()))
    for _ in range(AT_ONCE):
        idle.get().close()
    return found
