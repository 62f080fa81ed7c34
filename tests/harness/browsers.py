"""Contexts of a browser that are lent to one visit after the other.

A first page in a new context costs 3 s of processor time: all of Streamlit is fetched and compiled
anew in a process of its own. A further page in the same process costs half of that.
"""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

# All pages of a site that are in one context are then in one process.
SHARING = "--process-per-site"
# Of what a page keeps, only the version of the files that the browser's cache has (static/loader.js).
FORGET = """() => {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith("autograd-explorer /")) localStorage.removeItem(key);
  }
}"""


class Contexts:
    """.lend() gives a context that knows no more of a site than the site's files.

    In each context one page stays open, or its process would end with a visit. Once it is the only
    one, the context is lent again. The browser has to be started with SHARING.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._staying: list[tuple[dict[str, Any], Page]] = []

    def lend(self, url: str, **kind: Any) -> BrowserContext:
        """A context of that kind, as Browser.new_context takes it, for a URL of a server of ours."""
        self._staying = [(its, page) for its, page in self._staying if not page.is_closed()]
        idle = (page for its, page in self._staying if its == kind and len(page.context.pages) == 1)
        stays = next(idle, None)
        if stays is None:
            stays = self._browser.new_context(**kind).new_page()
            self._staying.append((kind, stays))
        place = "{0.scheme}://{0.netloc}/_stcore/health".format(urlsplit(url))
        if stays.url != place:
            stays.goto(place)
        stays.context.clear_cookies()
        stays.context.clear_permissions()
        stays.evaluate(FORGET)
        return stays.context
