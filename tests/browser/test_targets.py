"""On a phone whatever can be pressed is as large as a fingertip, its invisible margin included."""

import pytest

from tests.conftest import wait_until

LEAST = 44  # px, in either direction
# For everything that is there to be pressed: how far from its middle a finger still meets it. An
# edge of a graph is a line from box to box, and as broad as there is room; it is left out.
MEASURE = """() => {
  const PRESSED = "button, a[href], summary, select, textarea, input:not([type=hidden])," +
    "[role=button]:not(.link), [role=tab], [role=switch]";
  const all = (root) => [...root.querySelectorAll("*")].flatMap(
    (node) => [node, ...(node.shadowRoot ? all(node.shadowRoot) : [])]);
  const under = (x, y) => {
    let node = document.elementFromPoint(x, y);
    for (let inner; (inner = node?.shadowRoot?.elementFromPoint(x, y)) && inner !== node;) node = inner;
    return node;
  };
  const measured = [];
  for (const node of all(document.body)) {
    const { width, height } = node.getBoundingClientRect();
    if (!node.matches(PRESSED) || node.disabled || width < 2 || height < 2) continue;
    if (!node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    node.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const box = node.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const hits = (...at) => node.contains(under(...at)) || under(...at)?.closest("label")?.control === node;
    const reach = (dx, dy) => {
      let far = 0;
      while (far < 44 && hits(x + dx * (far + 1), y + dy * (far + 1))) far += 1;
      return far;
    };
    const name = (node.getAttribute("aria-label") || node.textContent.trim()).slice(0, 60);
    measured.push(!hits(x, y) ? [name, 0, 0]
      : [name, 1 + reach(1, 0) + reach(-1, 0), 1 + reach(0, 1) + reach(0, -1)]);
  }
  return measured;
}"""


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("lang=ja", 50),
        ("lang=en", 50),
        ("lang=en&page=backward", 20),
        ("lang=en&page=playground&example=branch", 30),
    ],
)
def test_whatever_is_pressed_is_large_enough_for_a_finger(server, visit, query, most):
    page = visit(f"{server.url}/?{query}", width=390, height=844, touch=True, ready="heading")
    wait_until(page, "document.querySelector('[data-test-script-state=notRunning]') !== null")
    # Nothing of ours is drawn before the modules are there.
    wait_until(page, "globalThis.autogradExplorer?.views !== undefined")
    page.wait_for_timeout(500)
    for folded in page.locator(".line[aria-expanded=false]").all():
        folded.click()
    page.evaluate("meter.rest(600)")

    measured = page.evaluate(MEASURE)

    assert len(measured) > most
    assert [one for one in measured if min(one[1:]) < LEAST] == []


def test_so_are_the_rows_of_a_graphs_table(server, visit):
    page = visit(f"{server.url}/?lang=en", width=390, height=844, touch=True)
    page.locator(".tools .table").click()

    page.locator(".twin").wait_for()
    for row in page.locator(".twin button").all():
        box = row.bounding_box()
        assert min(box["width"], box["height"]) >= LEAST
