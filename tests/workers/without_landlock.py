"""The same job on a system that has no Landlock."""

from autograd_explorer.workers import landlock
from tests.workers.plain_python import warm_up as load
from tests.workers.plain_python import work

__all__ = ["warm_up", "work"]


def warm_up():
    landlock.give_up_files = lambda: False
    load()
