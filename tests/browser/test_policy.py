"""What the page itself refuses, whether or not a header came with it.

That it lets everything else through, every other test in a browser shows: none may leave a word in
the console.
"""

import pytest

REFUSED = {
    "text as a program": ("eval('1')", "script-src"),
    "a script in the page": (
        "document.body.append(Object.assign(document.createElement('script'), {text: 'void 0'}))",
        "script-src-elem",
    ),
    "a handler in the page": (
        """(() => {
          const img = document.createElement('img');
          img.setAttribute('onclick', 'void 0');
          document.body.append(img);
        })()""",
        "script-src-attr",
    ),
    "a script from elsewhere": (
        "import('http://127.0.0.1:9/a.js').catch(() => 0)",
        "script-src-elem",
    ),
    "a picture from elsewhere": ("new Image().src = 'http://127.0.0.1:9/a.png'", "img-src"),
    "a message to elsewhere": ("fetch('http://127.0.0.1:9/').catch(() => 0)", "connect-src"),
    "a websocket to elsewhere": ("new WebSocket('ws://127.0.0.1:9/')", "connect-src"),
    "a page in a frame": (
        "document.body.append(Object.assign(document.createElement('iframe'), {src: '/'}))",
        "frame-src",
    ),
    "a form to elsewhere": (
        """(() => {
          const form = document.createElement('form');
          form.action = 'http://127.0.0.1:9/';
          document.body.append(form);
          form.submit();
        })()""",
        "form-action",
    ),
}
NOTE = """
  globalThis.refused = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    refused.push([event.effectiveDirective, event.disposition]);
  });
"""
SAID = "Content Security Policy|Content-Security-Policy|violates|Refused to|127.0.0.1:9"


@pytest.mark.parametrize("first", [True, False], ids=["the first reader", "a later one"])
def test_a_page_refuses_what_no_page_needs(request, visit, first):
    """The first reader's page came before our first line ran, and so without any header."""
    url = request.getfixturevalue("cold_server" if first else "server").url
    if not first:
        visit(f"{url}/?lang=en")  # for the case that nobody has been there yet
    page = visit(f"{url}/?lang=en", script=NOTE, forgive=SAID, fresh=True)
    page.locator(".boxes > g").first.wait_for()
    assert page.evaluate("refused") == []
    ways = 1 if first else 2  # the page's own word, and the header's

    for what, (program, directive) in REFUSED.items():
        # In a task of the page's own: to a debugger's, a policy does not apply.
        page.evaluate("refused.length = 0")
        page.evaluate(f"void setTimeout(() => {{ try {{ {program} }} catch {{}} }})")
        page.wait_for_timeout(200)

        assert page.evaluate("refused") == [[directive, "enforce"]] * ways, what
    page.close()  # before its server goes
