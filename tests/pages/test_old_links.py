"""Every link that ever worked opens the screen that it opened when it was made."""

import json

import pytest

from components import address
from tests.pages.old_links import facts, opened, stored

LINKS = stored()


@pytest.mark.thinned(3)
@pytest.mark.parametrize("link", LINKS)
def test_an_old_link_opens_the_same_screen(link):
    shown = json.loads(json.dumps(facts(opened(link))))

    assert shown == LINKS[link]


def test_there_are_old_links_to_every_page():
    assert len(LINKS) >= 100
    for page in address.PAGES:
        assert any(f"page={page}" in link for link in LINKS), page
