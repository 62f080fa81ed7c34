"""Pools whose workers execute any Python."""

import pytest

from autograd_explorer.workers import Ending, Pool


class Plain:
    """A pool, asked in Python."""

    def __init__(self, pool):
        self.pool = pool

    def ask(self, source, seconds=5.0, **more):
        return self.pool.ask(source.encode(), seconds, **more)

    def say(self, source, **more):
        """What the text printed in its worker."""
        answer = self.ask(source, **more)
        assert answer.ending is Ending.ANSWERED, answer
        return answer.payload.decode().strip()


@pytest.fixture(scope="session")
def pool_of():
    made = {}

    def pool_of(job="plain_python", **options):
        key = (job, *options.items())
        if key not in made:
            made[key] = Plain(Pool(f"tests.workers.{job}", **options))
        return made[key]

    yield pool_of
    for plain in made.values():
        plain.pool.close()


@pytest.fixture
def plain(pool_of):
    return pool_of()
