"""A browser on a busy machine may be late once: what fails here is tried once more, and the summary
says so with an R. What fails twice has failed."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))
