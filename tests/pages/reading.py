"""What stands on a page that AppTest ran, in reading order of kind."""

import re
from html import unescape


def html(app):
    """The text of everything that prose.show drew, without its markup."""
    bodies = [element.proto.body for element in app.get("html")]
    return [
        unescape(re.sub(r"</?(?!code|b>)[^>]*>", " ", re.sub(r"</?(code|b)>", "", body))).strip()
        for body in bodies
    ]


def title(app):
    bodies = [element.proto.body for element in app.get("html")]
    (found,) = [heading for body in bodies for heading in re.findall("<h1>(.*?)</h1>", body)]
    return unescape(found)


def row_of(app, name):
    """The cells of the table row that begins with a name."""
    rows = [row for element in app.get("html") for row in element.proto.body.split("<tr>")]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]
    plain = [[unescape(re.sub(r"<[^>]*>", "", cell)) for cell in row] for row in cells]
    (found,) = [row for row in plain if row and row[0] == name]
    return found
