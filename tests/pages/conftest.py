"""A part of a page that fails is a sentence to a reader, and a failure to a test."""

import logging

import pytest

from components import board as boards


@pytest.fixture
def failed_parts(caplog):
    """The records of parts that failed; a test that asks for it expects them."""
    caplog.set_level(logging.ERROR, logger="components.part")
    return lambda: [record for record in caplog.records if record.name == "components.part"]


@pytest.fixture(autouse=True)
def no_part_fails(request, failed_parts):
    yield
    if "expects_failed_parts" not in request.keywords:
        assert not failed_parts(), failed_parts()[0].exc_text


@pytest.fixture(autouse=True)
def all_sections_are_open(monkeypatch):
    """A page shows all that it has; how a section is opened is asked in tests/components and
    tests/browser."""
    monkeypatch.setattr(boards, "_is_opened", lambda key, title: True)
