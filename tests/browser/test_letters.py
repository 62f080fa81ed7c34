"""The notes on the letters of the Explorer's program, each beside its word."""

import pytest
from playwright.sync_api import expect

WORDS = ["x", "y", "w", "b", "z", "loss", "binary_cross_entropy_with_logits"]


def opened(page):
    return page.locator(".letter-note:popover-open")


def letters(page, within):
    return page.locator(f"{within} .letter")


def test_each_letter_has_its_note_where_it_stands_first(server, visit):
    page = visit(f"{server.url}/?lang=en")

    expect(letters(page, ".program")).to_have_text(WORDS)
    expect(letters(page, ".groups figcaption")).to_have_text(["x", "w", "b", "w.grad"])
    expect(letters(page, ".probe")).to_have_text(["loss"])
    expect(page.locator(".letter-note:visible")).to_have_count(0)


def test_a_note_opens_by_mouse_and_by_keyboard_and_escape_closes_it(server, visit):
    page = visit(f"{server.url}/?lang=en")
    word = letters(page, ".program").nth(5)
    query = page.url

    word.click()
    expect(opened(page)).to_contain_text("how far the predictions are off")
    expect(opened(page).locator("math").first).to_be_visible()
    note, letter = opened(page).bounding_box(), word.bounding_box()
    assert note["y"] + note["height"] <= letter["y"] or letter["y"] + letter["height"] <= note["y"]
    page.keyboard.press("Escape")
    expect(opened(page)).to_have_count(0)
    expect(word).to_be_focused()
    page.keyboard.press("Enter")
    expect(opened(page)).to_contain_text("how far the predictions are off")
    letters(page, ".groups figcaption").last.click()
    expect(opened(page)).to_have_count(1)
    expect(opened(page)).to_contain_text("how much the loss grows")
    assert page.url == query  # the line on which the word stands is not chosen


def test_notes_stay_on_a_phone_and_end_with_the_page(server, visit):
    page = visit(f"{server.url}/?lang=ja", width=390, height=844, touch=True)

    for word in letters(page, ".program").all():
        word.tap()
        box = opened(page).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
        assert box["y"] >= 0 and box["y"] + box["height"] <= 844
        assert opened(page).evaluate("note => note.scrollWidth <= note.clientWidth")
        page.keyboard.press("Escape")
    page.get_by_role("link", name="プレイグラウンド").click()
    expect(page.locator(".cm-content")).to_be_visible()
    expect(page.locator(".letter")).to_have_count(0)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_reading_on_is_offered_at_the_foot(server, visit, language):
    page = visit(f"{server.url}/?lang={language}")

    expect(page.locator(".board > .prose a")).to_have_count(2)
