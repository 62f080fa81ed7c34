"""What stands on a page that AppTest ran, in reading order of kind."""

import re
from html import unescape


def html(app):
    """The text of every heading and table, without its markup."""
    bodies = [element.proto.body for element in app.get("html")]
    return [unescape(re.sub(r"<[^>]*>", " ", body)).strip() for body in bodies]


def title(app):
    bodies = [element.proto.body for element in app.get("html")]
    (found,) = [body for body in bodies if body.startswith("<h1>")]
    return unescape(re.findall("<h1>(.*?)</h1>", found)[0])


def row_of(app, name):
    """The cells of the table row that begins with a name."""
    rows = [row for element in app.get("html") for row in element.proto.body.split("<tr>")]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]
    plain = [[unescape(re.sub(r"<[^>]*>", "", cell)) for cell in row] for row in cells]
    (found,) = [row for row in plain if row and row[0] == name]
    return found
