"""The Explorer's first screen: all of it is there, and its numbers can be grabbed."""

import re
from itertools import product

import pytest
import torch
from playwright.sync_api import expect

from tests.conftest import page_breadth, wait_until

PARTS = {
    "title": "h1",
    "dials": ".dials",
    "graph": "svg[role=group]",
    "loss": ".probe .loss output",
    "curve": ".probe svg .curve",
    "step": ".probe .step",
    "x": "table[aria-label^='x ']",
    "w": "table[aria-label^='w (']",
    "w.grad": "table[aria-label^='w.grad']",
    "b": "table[aria-label^='b (']",
    "b.grad": "table[aria-label^='b.grad']",
    "last line": ".program li:last-child",
}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_cause_and_effect_are_seen_without_scrolling(server, visit, language):
    """On two screens and in both schemes, in one visit."""
    page = visit(f"{server.url}/?lang={language}")

    for (width, height), scheme in product(((1280, 800), (1440, 900)), ("light", "dark")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        page.evaluate("meter.rest(300)")
        for name, part in PARTS.items():
            box = page.locator(part).first.bounding_box()
            assert box is not None and box["width"] > 0, name
            assert box["y"] >= 0 and box["y"] + box["height"] <= height, (name, box)
            assert box["x"] >= 0 and box["x"] + box["width"] <= width, (name, box)
        assert page_breadth(page) <= width


def test_on_a_phone_loss_and_heatmap_stay_while_a_dial_is_dragged(server, visit):
    page = visit(f"{server.url}/?lang=ja", width=390, height=844, touch=True)
    glance = page.locator(".glance")
    before = glance.locator("output").inner_text()
    dial = page.get_by_role("slider").first.bounding_box()
    middle = dial["y"] + dial["height"] / 2

    page.mouse.move(dial["x"] + 8, middle)
    page.mouse.down()
    page.mouse.move(dial["x"] + 60, middle, steps=5)

    expect(glance.locator("output")).not_to_have_text(before)
    expect(glance.locator("output")).to_be_in_viewport(ratio=1)
    expect(glance.locator("canvas")).to_be_in_viewport(ratio=1)
    page.mouse.up()
    assert page_breadth(page) <= 390


def cell(page, matrix, number):
    return page.locator(f"table[aria-label^='{matrix} ('] td:not(.blank)").nth(number)


def drag(page, box, up, steps=12):
    """Press in the middle of a box and move up by so many pixels; the button stays down."""
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - up, steps=steps)


def program_on(page):
    """The program as the Copy button would copy it."""
    return "\n".join(page.locator(".program li code").all_inner_texts()) + "\n"


def ran_by_python(source):
    exec(source.replace("print(", "str("), names := {})  # noqa: S102
    return names


@pytest.mark.parametrize(
    "matrix, number, name, place",
    [("w", 7, "w", (2, 1)), ("w", 0, "w", (0, 0)), ("b", 2, "b", (2,))],
)
def test_a_number_is_dragged_and_the_tangent_is_its_gradient(
    server, visit, matrix, number, name, place
):
    page = visit(f"{server.url}/?lang=en")
    shown, loss = cell(page, matrix, number), page.locator(".probe .loss output")
    before, printed = shown.inner_text(), loss.inner_text()

    drag(page, shown.bounding_box(), up=80)
    expect(loss).not_to_have_text(printed)
    held = page.url
    page.mouse.up()

    expect(page).to_have_url(re.compile(f"changes={name}_"))
    page.evaluate("meter.rest(400)")
    assert "changes" not in held  # one gesture is one step of the browser's history
    assert shown.inner_text() != before
    plain = ran_by_python(program_on(page))
    slope = float(plain[name].grad[place])
    spelt = (
        f"{'−' if slope < 0 else '+'}{abs(slope):.4f} = {name}.grad[{', '.join(map(str, place))}]"
    )
    expect(page.locator(".slope")).to_contain_text(spelt)
    expect(loss).to_have_text(f"{plain['loss'].item():.4f}")
    page.go_back()
    expect(loss).to_have_text(printed)


def test_keys_and_fields_move_the_same_number(server, visit):
    page = visit(f"{server.url}/?lang=en&select=cell-w-1-0")
    typed = page.locator(".probe input[type=number]")
    expect(page.locator(".probe .cell")).to_have_text("w[1, 0]")

    typed.fill("1.5")
    typed.press("Enter")
    expect(page).to_have_url(re.compile("changes=w_1_0_1.5"))
    cell(page, "w", 3).focus()
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile("changes=w_1_0_1.6"))
    page.locator(".probe input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("changes=w_1_0_1.61"))

    assert ran_by_python(program_on(page))["w"][1, 0].item() == pytest.approx(1.61)


def test_x_can_be_dragged_and_has_no_slope(server, visit):
    page = visit(f"{server.url}/?lang=en")

    cell(page, "x", 2).click()
    expect(page.locator(".probe .cell")).to_have_text("x[2]")
    drag(page, cell(page, "x", 2).bounding_box(), up=-60)
    page.mouse.up()

    expect(page).to_have_url(re.compile("changes=x_2_-0.2"))
    expect(page.locator(".slope")).to_contain_text("requires_grad")
    assert page.locator(".tangent").get_attribute("d") == ""


def test_a_training_step_lowers_the_loss_and_stands_in_the_program(server, visit):
    page = visit(f"{server.url}/?lang=en")
    loss = page.locator(".probe .loss output")
    losses = [float(loss.inner_text())]

    for count in (1, 2, 3):
        page.locator(".probe .step").click()
        expect(page).to_have_url(re.compile(f"changes=step_{count}_0.5"))
        page.evaluate("meter.rest(300)")
        losses.append(float(loss.inner_text()))

    assert losses == sorted(losses, reverse=True) and losses[-1] < losses[0]
    assert ran_by_python(program_on(page))["loss"].item() == pytest.approx(losses[-1], abs=1e-4)
    page.get_by_role("button", name="Back to the original numbers").click()
    expect(loss).to_have_text(f"{losses[0]:.4f}")


def test_another_seed_begins_afresh_and_recording_does_not(server, visit):
    page = visit(f"{server.url}/?lang=en&changes=w_0_0_2&seed=3")

    page.get_by_role("switch").click()
    expect(page).to_have_url(re.compile("recording=off"))
    assert "changes=w_0_0_2" in page.url
    page.get_by_role("button", name="another seed").click()

    wait_until(page, "!location.search.includes('changes')")
    assert "seed=3&" not in page.url


@pytest.mark.parametrize("language", ["ja", "en"])
def test_recording_off_is_seen_where_it_happens(server, visit, language):
    page = visit(f"{server.url}/?lang={language}")
    places = {name: page.locator(part).first.bounding_box() for name, part in PARTS.items()}

    page.get_by_role("switch").click()

    striking = page.locator(".program .striking .note")
    expect(striking).to_have_count(3)
    assert [text.strip("→ ") for text in striking.all_inner_texts()] == ["False", "None", "None"]
    expect(page.locator(".program .failed .note")).to_contain_text("RuntimeError: element 0")
    for name in ("title", "dials", "graph", "loss", "step", "x", "w", "b"):
        now = page.locator(PARTS[name]).first.bounding_box()
        assert now["x"] == pytest.approx(places[name]["x"], abs=1), name
        assert now["y"] == pytest.approx(places[name]["y"], abs=1), name


def test_the_numbers_are_pytorchs_own(server, visit):
    """The cells of w.grad are what torch finds for the program on the screen."""
    page = visit(f"{server.url}/?lang=en&n_in=4&n_out=2&x=normal&seed=9")
    plain = ran_by_python(program_on(page))

    shown = page.locator("table[aria-label^='w.grad'] td:not(.blank)").all_inner_texts()
    read = torch.tensor([float(text.replace("−", "-")) for text in shown])

    assert torch.allclose(read, plain["w"].grad.flatten(), atol=0.006)
