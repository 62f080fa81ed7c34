"""A presentation: its slides and their sizes, the way through them, and what a class sees of it."""

import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import segno
from playwright.sync_api import expect

from components import address
from tests.conftest import ALL_DONE, page_breadth, wait_until

PROJECTOR = {"width": 1280, "height": 720}
ALL = "controls=n_in.n_out.recording.choices"
LESSONS = (*address.NUMBERED, "proofs")
STATE = """() => {
  const slide = document.querySelector("[data-current]");
  const page = document.querySelector("[data-testid=stMain]");
  const name = slide?.dataset.key ?? slide?.className ?? "";
  return [location.search.match(/page=(\\w+)/)?.[1], name, page.scrollTop,
    document.querySelector("[data-testid=stApp]").dataset.testScriptState];
}"""
# The sizes of the texts that a slide shows, in px of the screen.
SIZES = """([within, what]) => {
  const found = [];
  const walk = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.matches(what) && node.checkVisibility() && node.getClientRects().length) {
        const svg = node.ownerSVGElement;
        const box = node.getBoundingClientRect();
        let scale = node.currentCSSZoom;
        if (svg) scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        found.push(parseFloat(getComputedStyle(node).fontSize) * scale);
      }
      if (node.shadowRoot && (!within || node.matches(within))) walk(node.shadowRoot);
    }
  };
  walk(document.querySelector("[data-current]"));
  return found;
}"""


def query(page):
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def present(server, visit, link, lang="en", **more):
    page = visit(
        f"{server.url}/?lang={lang}&present=1&{link}", ready="group", **{**PROJECTOR, **more}
    )
    settle(page)
    return page


def settle(page):
    """Wait until the page is as it will be, and slides are known."""
    wait_until(
        page,
        "document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"
        " && document.querySelector('[data-current]') !== null",
    )
    page.wait_for_timeout(500)


def sizes(page, part, what):
    return page.evaluate(SIZES, [f"[data-key^={part}]", what])


def slide(page):
    return page.evaluate(STATE)[1]


def test_the_checklist_makes_a_link_that_shows_only_what_was_chosen(server, visit):
    page = visit(f"{server.url}/?lang=en&n_in=6")
    page.get_by_role("button", name="Present", exact=True).click()
    for name in ("n_out", "recording", "seed"):
        page.get_by_role("checkbox", name=name, exact=True).click()

    page.get_by_role("button", name="Start presenting").click()

    expect(page.locator(".st-key-projector .bar[role=group]")).to_be_visible()
    assert query(page)["present"] == "1"
    assert query(page)["controls"] == "n_in.seed.choices"
    assert re.fullmatch("[a-z2-7]{16}", query(page)["room"])
    settle(page)
    page.keyboard.press("PageDown")
    expect(page.locator("#n_in")).to_be_visible()
    expect(page.locator("#seed")).to_be_visible()
    for left_out in ("#n_out", "#x", "#y", "#recording"):
        expect(page.locator(left_out)).to_be_hidden()
    expect(page.get_by_role("link", name="Playground")).to_have_count(0)
    expect(page.get_by_test_id("stHeader")).to_be_hidden()

    page.mouse.move(200, 200)
    page.get_by_role("button", name="End", exact=True).click()
    expect(page.locator("#n_out")).to_be_visible()
    assert not {"present", "controls", "room", "slide"} & {*query(page)}
    assert query(page)["n_in"] == "6"


def test_what_is_projected_can_be_read_from_the_last_row(server, visit):
    page = present(server, visit, f"page=explorer&slide=2&{ALL}")
    assert slide(page) == "slide graph"
    graph = sizes(page, "graph_view", ".boxes text")
    assert len(graph) > 10 and min(graph) >= 22
    assert not cut_off(page)
    page.keyboard.press("PageDown")
    program = sizes(page, "program_view", "code, .note")
    assert len(program) > 10 and min(program) >= 20
    while slide(page) != "slide loss":
        page.keyboard.press("PageDown")
    (loss,) = sizes(page, "probe", "output")
    assert loss >= 72

    page = present(server, visit, f"page=backward&slide=4&{ALL}")
    assert slide(page) == "slide question"
    asked = sizes(page, "question", ".text, .label, .label code")
    assert len(asked) > 3 and min(asked) >= 24 * 0.9  # code is 0.9 of the text around it
    assert min(sizes(page, "question", ".text, .label")) >= 24


# What of a slide is not on the screen: an inner frame that scrolls, but for a graph with an overview,
# whatever ends to the right of the screen, and the page itself.
CUT = """() => {
  const cut = [];
  const walk = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) walk(node.shadowRoot);
      if (!node.checkVisibility()) continue;
      const style = getComputedStyle(node);
      const rolls = (way) => way === "auto" || way === "scroll";
      const more = (rolls(style.overflowY) && node.scrollHeight > node.clientHeight + 1)
        || (rolls(style.overflowX) && node.scrollWidth > node.clientWidth + 1);
      const drawn = node.ownerSVGElement ? null : node.getBoundingClientRect();
      const beyond = drawn && drawn.width > 0 && drawn.right > innerWidth + 1;
      const overview = node.matches(".frame") && root.querySelector(".overview:not([hidden])");
      const inside = node.closest(".frame") && node.closest(".frame") !== node;
      if ((more || beyond) && !overview && !inside) cut.push(`${node.tagName} ${node.className}`);
    }
  };
  walk(document.querySelector("[data-current]"));
  const page = document.querySelector("[data-testid=stMain]");
  if (page.scrollWidth > innerWidth || page.scrollHeight > innerHeight) {
    cut.push(`page ${page.scrollWidth} x ${page.scrollHeight}`);
  }
  return cut;
}"""


def cut_off(page):
    """What a slide shows that does not fit on the screen, once it has been laid out."""
    page.wait_for_timeout(250)
    return page.evaluate(CUT)


def test_a_clicker_leads_from_the_first_lesson_to_the_last_and_back(server, visit):
    page = present(server, visit, f"page={address.NUMBERED[0]}&{ALL}")
    seen = [address.NUMBERED[0]]
    deadline = time.monotonic() + 90
    for _ in range(250):
        page.keyboard.press("PageDown")
        page.wait_for_timeout(60)
        name, now, _, state = page.evaluate(STATE)
        while state != "notRunning":
            page.wait_for_timeout(30)
            name, now, _, state = page.evaluate(STATE)
        if name != seen[-1]:
            seen.append(name)
        if name == address.NUMBERED[-1] and now == "slide figure":
            break
        assert time.monotonic() < deadline, seen
    assert seen == list(address.NUMBERED)
    assert query(page)["controls"] == "n_in.n_out.recording.choices"

    page = present(server, visit, f"page={address.NUMBERED[-1]}&{ALL}")
    page.keyboard.press("PageUp")
    wait_until(page, f"location.search.includes('page={address.NUMBERED[-2]}')")
    settle(page)
    where = page.locator(".st-key-projector .where").text_content()
    number, count = re.search(r"Slide (\d+) of (\d+)", where).groups()
    assert number == count != "1"
    assert query(page)["slide"] == count


def forward(page):
    return page.locator(".st-key-projector .forward")


def press_forward(page):
    forward(page).evaluate("button => button.click()")


def count_of(page):
    """The number of the slide, and how many there are."""
    where = page.locator(".st-key-projector .where").text_content()
    return [int(number) for number in re.findall(r"\d+", where)[-2:]]


def cut_off_slides(page):
    """From the first slide to the last: what of each is cut off."""
    number, count = count_of(page)
    assert number == 1
    cut = {}
    for number in range(1, count + 1):
        if found := cut_off(page):
            cut[number, slide(page)] = found
        if number < count:
            press_forward(page)
    assert count_of(page) == [count, count]
    return cut


WALKS = ("explorer", *LESSONS[: len(LESSONS) // 2]), LESSONS[len(LESSONS) // 2 :]


@pytest.mark.thinned
@pytest.mark.parametrize("walk", WALKS, ids=["first half", "second half"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_no_slide_of_a_lesson_or_the_explorer_has_to_be_scrolled(server, visit, lang, walk):
    """Where a press leads from one lesson to the next, that is taken: a visit takes longer."""
    too_large, counts, page = {}, {}, None
    for name in walk:
        if page is None or forward(page).is_disabled():
            page = present(server, visit, f"page={name}&done={ALL_DONE}&{ALL}", lang)
        else:
            press_forward(page)
            wait_until(page, f"/page={name}(&|$)/.test(location.search)")
            settle(page)
        too_large[name], counts[name] = cut_off_slides(page), count_of(page)[1]
    assert not any(too_large.values()), too_large
    assert min(counts.values()) >= 4, counts


@pytest.mark.parametrize("dials", ["n_in=64&n_out=64", "n_in=16&n_out=3", "n_in=64&recording=off"])
def test_no_slide_of_the_explorer_has_to_be_scrolled_whatever_the_dials_say(server, visit, dials):
    page = present(server, visit, f"{dials}&{ALL}", "ja")
    too_large, seen = {}, []
    while not seen or slide(page) != seen[-1]:
        seen.append(slide(page))
        if cut := cut_off(page):
            too_large[seen[-1]] = cut
        press_forward(page)
        page.wait_for_timeout(50)
    assert not too_large
    assert {"slide graph", "slide loss", "slide program"} < set(seen)
    assert ("slide error" in seen) == ("recording=off" in dials)


@pytest.mark.thinned
@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_question_fits_on_its_slide_open_and_with_every_answer(server, visit, lang, lesson):
    page = present(server, visit, f"page={lesson}&{ALL}", lang)
    while slide(page) != "slide question":
        press_forward(page)
        page.wait_for_timeout(50)
    too_large = {"open": cut_off(page)}
    options = page.locator(".options button")
    for option in range(options.count()):
        options.nth(option).click()
        expect(options.nth(option)).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".verdict")).to_be_visible()
        too_large[option] = cut_off(page)
    assert not any(too_large.values()), too_large


def test_one_press_is_one_moment_while_a_program_is_played(server, visit):
    page = present(server, visit, f"page=explorer&slide=2&t=0&{ALL}")
    caption = page.locator(".caption")
    expect(caption).to_contain_text("1 / ")
    for number, key in (
        (2, "PageDown"),
        (3, "ArrowRight"),
        (4, " "),
        (3, "ArrowLeft"),
        (2, "PageUp"),
    ):
        page.keyboard.press(key)
        expect(caption).to_contain_text(re.compile(f"^{number} / "))
    assert slide(page) == "slide graph"

    page = present(server, visit, f"page=explorer&slide=2&{ALL}")  # not played: at its end
    page.keyboard.press(" ")
    assert slide(page) == "slide program"
    page.keyboard.press("ArrowLeft")
    assert slide(page) == "slide graph"


def test_a_clicker_leads_on_from_a_dial_that_has_the_focus(server, visit):
    page = present(server, visit, f"page=explorer&slide=2&{ALL}")
    page.locator("#n_in").focus()

    page.keyboard.press("PageDown")

    assert slide(page) == "slide program"
    assert page.locator("#n_in").input_value() == "5"
    page.keyboard.press("ArrowRight")
    expect(page.locator("#n_in")).to_have_value("6")
    assert slide(page) == "slide program"


def test_the_code_fills_the_screen_at_q_and_leads_to_this_very_screen(server, visit):
    page = present(server, visit, "page=backward&done=backward&step=2&n_in=4&slide=2&controls=n_in")
    page.locator("#n_in").press("ArrowRight")
    wait_until(page, "location.search.includes('n_in=5')")
    page.keyboard.press("q")
    picture = page.get_by_role("img", name="QR code of this screen's link")
    expect(picture).to_be_visible()

    way = page.locator("dialog .way")
    expect(way).to_contain_text("n_in=5")
    href = way.text_content()
    code = segno.make(href, micro=False, error="l").svg_data_uri(border=2, scale=4)
    assert picture.get_attribute("src") == code
    assert picture.bounding_box()["height"] > 0.6 * PROJECTOR["height"]
    assert float(way.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")) >= 24
    page.keyboard.press("q")
    expect(picture).to_be_hidden()
    page.keyboard.press("q")
    expect(picture).to_be_visible()
    page.keyboard.press("Escape")
    expect(picture).to_be_hidden()
    wait_until(page, "!location.search.includes('qr=')")
    assert "qr" not in query(page)

    follower = visit(href, width=390, height=844, ready="heading")
    assert {key: query(follower)[key] for key in ("step", "n_in", "page")} == {
        "step": "2", "n_in": "5", "page": "backward",
    }  # fmt: skip
    assert not {"present", "slide", "controls"} & {*query(follower)}
    expect(follower.get_by_role("button", name="n_in 5, n_out 3, seed 42")).to_be_visible()


def test_the_notes_follow_from_lesson_to_lesson_and_lead_on(server, visit):
    page = present(
        server, visit, f"page={address.NUMBERED[0]}&slide=last&done={address.NUMBERED[0]}"
    )
    page.mouse.move(200, 200)
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Notes").click()
    notes = opened.value
    title = notes.locator("main h1")
    title.wait_for()
    first = title.text_content()
    assert len(notes.locator("main .note").text_content()) > 40
    assert (
        float(notes.locator("main .note").evaluate("n => parseFloat(getComputedStyle(n).fontSize)"))
        >= 24
    )
    expect(notes.locator(".where")).to_contain_text("Slide")

    notes.keyboard.press("PageDown")
    wait_until(page, f"location.search.includes('page={address.NUMBERED[1]}')")
    expect(title).not_to_have_text(first)
    expect(notes.locator(".where")).to_contain_text("Slide 1 of")


def test_hands_are_counted_from_three_browsers_and_nothing_is_told_before_the_answer_is(
    server, visit
):
    page = visit(f"{server.url}/?lang=en&page=backward", **PROJECTOR)
    page.get_by_role("button", name="Present", exact=True).click()
    page.get_by_role("button", name="Start presenting").click()
    expect(page.locator(".st-key-projector .bar[role=group]")).to_be_visible()
    settle(page)
    while slide(page) != "slide question":
        page.keyboard.press("PageDown")
    link = f"{server.url}/?lang=en&page=backward&room={address.presentation.name_of(query(page)['room'])}"
    hands = page.locator(".hands")
    expect(hands).to_have_text(["0", "0", "0"])

    students = [visit(link, width=390, height=844, ready="heading") for _ in range(3)]
    expect(students[0].locator(".reveal")).to_be_hidden()
    for student, option in zip(students, (0, 2, 2), strict=True):
        student.locator(".options button").nth(option).click()
        expect(student.locator(".voted")).to_contain_text("was counted")
        expect(student.locator(".verdict")).to_be_hidden()
        assert "done" not in query(student)
    begun = time.monotonic()
    expect(hands).to_have_text(["1", "0", "2"])
    assert time.monotonic() - begun < 2.5
    expect(page.locator(".voted")).to_have_text("3 answered")
    expect(page.locator(".options .right")).to_have_count(0)
    students[0].locator(".options button").nth(1).click()
    expect(hands).to_have_text(["0", "1", "2"])

    # Who loads the page anew, or opens the link once more, has one hand still.
    again = students[2].context.new_page()
    again.goto(link)
    students[1].reload()
    for same in (again, students[1]):
        same.get_by_role("heading").first.wait_for()
        same.locator(".options button").nth(0).click()
        expect(same.locator(".voted")).to_contain_text("was counted")
    expect(hands).to_have_text(["2", "1", "0"])
    expect(page.locator(".voted")).to_have_text("3 answered")

    look = students[0].get_by_role("button", name="Has the answer been shown?")
    look.click()
    students[0].wait_for_timeout(800)
    expect(students[0].locator(".verdict")).to_be_hidden()
    page.keyboard.press("PageDown")
    expect(page.locator(".options .right")).to_have_count(1)
    expect(hands).to_have_text(["2", "1", "0"])
    look.click()
    expect(students[0].locator(".verdict")).to_be_visible()

    page.mouse.move(200, 200)
    page.get_by_role("button", name="End", exact=True).click()
    expect(page.locator("#n_out")).to_be_visible()
    students[1].locator(".options button").nth(0).click()
    expect(students[1].locator(".verdict")).to_be_visible()


def test_on_a_phone_a_presentation_is_slides_too(server, visit):
    page = present(server, visit, f"page=backward&slide=2&{ALL}", width=390, height=844)

    assert slide(page) == "slide figure"
    assert page_breadth(page) <= 390
    expect(page.locator(".st-key-projector .bar[role=group]")).to_be_visible()
