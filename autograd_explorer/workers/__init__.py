"""Processes that do one piece of work for somebody who is not trusted, and then are gone.

This house knows nothing of programs or of PyTorch. It keeps processes ready, hands each a piece
of work as bytes, and gives back what the process answered, or how it ended.

    pool.py         the server's side: who waits for whom, what is ready, what has to be killed
    zygote.py       the process that has imported everything, and forks the workers
    worker.py       what a worker does from its first moment to its last
    sandbox.py      what the system lets a worker do; seccomp.py and landlock.py are parts of it
    shared_page.py  memory in which a worker leaves word of where it is
"""

from autograd_explorer.workers.pool import Answer, Ending, GiveUp, Pool
from autograd_explorer.workers.shared_page import SharedPage

__all__ = ["Answer", "Ending", "GiveUp", "Pool", "SharedPage"]
