"""What stands on a page that AppTest ran: our components' data, and prose."""

import json
import re
from html import unescape

import numpy as np

from components.prose import inline
from tests.harness.leaks import leaks


def payloads(app):
    """The data of every component on the page, by its name, in the order of the page."""
    found = {}
    for name, data in _components(app):
        found.setdefault(name, []).append(data)
    return found


def leaks_of(app):
    """What stands in any element of the page, shown or not, that no reader may see."""
    return [found for proto in _protos(app._tree) if (found := leaks(proto.SerializeToString()))]


def _protos(block):
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from _protos(child)
        if child.proto is not None:
            yield child.proto


def figures(app):
    """Every Plotly chart on the page; the numbers of its traces as arrays, NaN for what is left
    out."""
    found = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    for trace in (trace for figure in found for trace in figure["data"]):
        trace |= {name: np.array(trace[name], dtype=float) for name in "xyz" if name in trace}
    return found


def html_of(app):
    """All that prose.show drew, as it stands."""
    return _prose(app)


def html(app):
    """The text of everything that prose.show drew, without its markup."""
    return [
        unescape(re.sub(r"</?(?!code|b>)[^>]*>", " ", re.sub(r"</?(code|b)>", "", body))).strip()
        for body in _prose(app)
    ]


def callouts(app):
    """(kind, text) of all that stands out."""
    found = [
        match
        for body in _prose(app)
        for match in re.findall(r'<div class="callout (\w+)"[^>]*>(.*?)</div>', body, re.DOTALL)
    ]
    return [(kind, unescape(re.sub(r"<[^>]*>", "", text))) for kind, text in found]


def printouts(app):
    """Everything that stands there character by character, in the order of the page."""
    return [
        unescape(text)
        for body in _prose(app)
        for text in re.findall("<pre>(.*?)</pre>", body, re.DOTALL)
    ]


def cards_of(app):
    """Every card, by what it leads to."""
    sections = [section for data in payloads(app)["cards"] for section in data["sections"]]
    return {card["opens"]: card for section in sections for card in section["cards"]}


def title(app):
    (found,) = [heading for body in _prose(app) for heading in re.findall("<h1>(.*?)</h1>", body)]
    return unescape(found)


def headings(app):
    """The headings below the title, without their markup, in the order of the page."""
    found = [
        heading for body in _prose(app) for heading in re.findall("<h[23]>(.*?)</h[23]>", body)
    ]
    return [unescape(re.sub(r"<[^>]*>", "", heading)) for heading in found]


def row_of(app, name):
    """The cells of the table row that begins with a name."""
    rows = [row for body in _prose(app) for row in body.split("<tr>")]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]
    plain = [[unescape(re.sub(r"<[^>]*>", "", cell)) for cell in row] for row in cells]
    (found,) = [row for row in plain if row and row[0] == name]
    return found


def _prose(app):
    alone = [element.proto.body for element in app.get("html")]
    alone = [body for body in alone if "<style>" not in body]
    bodies = [*alone, *(part for part in _parts(app) if isinstance(part, str))]
    return [_without_meanings(body) for body in bodies]


def _without_meanings(html):
    """A term stands there as a word; what it means is said to who asks."""
    term = r'<button[^>]* class="term"[^>]*>(.*?)</button><span popover.*?</span>'
    return re.sub(r'<span class="with-marks">(.*?)</span>', r"\1", re.sub(term, r"\1", html))


def as_read(text):
    """A text in English as it stands on a page, with its terms as words."""
    return unescape(re.sub(r"<[^>]*>", "", _without_meanings(inline(text))))


def _components(app):
    for element in app.get("bidi_component"):
        name = element.proto.component_name.removeprefix("autograd_explorer.")
        data = json.loads(element.proto.json) if element.proto.json else None
        if name != "board" and data is not None:
            yield name, data[0] if isinstance(data, list) else data
    for part in _parts(app):
        if isinstance(part, list):
            yield part[0], part[2]


def _parts(app):
    """Every part of every board."""
    for element in app.get("bidi_component"):
        if element.proto.component_name.endswith(".board"):
            yield from _flat(json.loads(element.proto.json)[0])


def _flat(parts):
    for part in parts:
        if isinstance(part, dict):  # columns, or a section that is folded
            for column in part.get("columns", [part.get("parts", [])]):
                yield from _flat(column)
        else:
            yield part


def everything_said(app):
    """All prose and callouts of a page, in one text."""
    return " ".join([*html(app), *(text.value for text in (*app.markdown, *app.caption))])
