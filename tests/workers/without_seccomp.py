"""The same job on a system that has no seccomp."""

from autograd_explorer.workers import seccomp
from tests.workers.plain_python import warm_up as load
from tests.workers.plain_python import work

__all__ = ["warm_up", "work"]


def warm_up():
    seccomp.keep_to_the_list = lambda: False
    load()
