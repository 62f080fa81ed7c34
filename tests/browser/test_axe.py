"""No page breaks a rule of axe-core, from WCAG 2.2 AA to its best practices.

axe-core comes with `make node_modules/.ready`. It is evaluated through the browser's debugger, to
which the page's policy does not apply: as a script in the page it would be refused.
"""

import json

import pytest
from playwright.sync_api import expect

from components.address import LESSONS
from tests.conftest import ALL_DONE, wait_until
from tests.harness.serving import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PAGES = {
    "explorer": "lang=en",
    "explorer with a node": "lang=ja&select=node-0",
    "explorer with a cell": "lang=en&select=cell-w.grad-0-0",
    "explorer without recording": "lang=ja&recording=off",
    "explorer projected": "lang=en&present=1&qr=1",
    "lessons": "lang=ja&page=lessons",
    **{lesson: f"lang={'ja' if i % 2 else 'en'}&page={lesson}" for i, lesson in enumerate(LESSONS)},
    "museum solved": f"lang=ja&page=museum&done={ALL_DONE}",
    "museum exhibit": "lang=en&page=museum&exhibit=parameter_replaced",
    "museum exhibit without an error": "lang=ja&page=museum&exhibit=cut_by_data",
    "museum exhibit fixed": "lang=en&page=museum&exhibit=second_backward&fixed=on",
    "playground": "lang=en&page=playground",
    "playground with an example": "lang=ja&page=playground&example=attention_head",
}
FIND = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  const told = ({ target, any, all }) => [target.flat().join(" "), [...any, ...all][0]?.message];
  return violations.map(({ id, nodes }) => [id, nodes.map(told)]);
}"""
SCHEME = "getComputedStyle(document.querySelector('.stApp')).colorScheme"


@pytest.fixture(scope="module")
def axe():
    if not AXE.exists():  # .ci/run installs it first, and says so where it cannot
        pytest.skip("axe-core is not installed: make node_modules/.ready")
    return AXE.read_text(encoding="utf-8")


SCREENS = ((1280, "light"), (390, "dark"))


@pytest.mark.thinned
@pytest.mark.parametrize("link", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("screens", [SCREENS, SCREENS[::-1]], ids=["broad first", "narrow first"])
def test_axe_finds_nothing(server, visit, axe, link, screens):
    """A question is looked at on one screen, and with its answer on the other; other pages on both."""
    page = visit(f"{server.url}/?{link}", ready="heading")
    settle(page)
    page.evaluate(axe)

    found = violations(page, *screens[0])
    reveal = page.locator(".reveal")
    if reveal.count() and reveal.is_visible():
        reveal.click()
        expect(reveal).to_be_hidden()
        track = page.locator(".timeline input")
        if track.count():
            track.press("End")  # what is played pales what has not happened yet
        settle(page)
    found += violations(page, *screens[1])

    assert not found, json.dumps(found, indent=1, ensure_ascii=False)


def violations(page, width, scheme):
    """What breaks a rule at a width and in a scheme."""
    # Of a box that the screen's edge cuts, axe takes a part of the text for invisible.
    page.set_viewport_size({"width": width, "height": 4000})
    page.emulate_media(color_scheme=scheme)
    wait_until(page, f"{SCHEME} === '{scheme}'")
    page.wait_for_timeout(300)
    return [[width, scheme, *broken] for broken in page.evaluate(FIND)]


@pytest.mark.parametrize("name", ["Present", "Share"])
def test_axe_finds_nothing_in_what_the_header_opens(server, visit, axe, name):
    page = visit(f"{server.url}/?lang=en", ready="heading")
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)
    page.evaluate(axe)

    assert not page.evaluate(FIND)


def settle(page):
    expect(page.locator("[data-test-script-state=running]")).to_have_count(0)
    page.wait_for_timeout(500)  # charts and graphs are drawn once they know how wide they are
