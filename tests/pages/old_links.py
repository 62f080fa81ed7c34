"""What the links of tests/pages/old_links.json show, in key facts, and how they are written down.

    python -m tests.pages.old_links

opens every link that stands in the file and writes beside it what it shows now. A link that once
worked has to go on showing that, so what changes in the file wants a reason.
"""

import hashlib
import json
from pathlib import Path
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

import texts
from autograd_explorer.course.museum import EXHIBITS
from components import address
from tests.pages.reading import payloads, title

FILE = Path(__file__).with_suffix(".json")


def opened(link):
    app = AppTest.from_file("../../app.py", default_timeout=60)
    for key, values in parse_qs(link, keep_blank_values=True).items():
        app.query_params[key] = values
    return app.run()


def facts(app):
    """Which screen it is: not what stands in it number by number, which others test."""
    parts = payloads(app)
    dials = parts.get("dials", [{"values": None, "hidden": None}])[0]
    widgets = (*app.segmented_control, *app.pills, *app.selectbox, *app.slider)
    played = next(map(_played, parts.get("timeline", [])), None)
    found = {
        "exceptions": len(app.exception),
        "language": parts["loader"][0]["language"],
        "page": _page(app, parts["loader"][0]["language"]),
        "warnings": [warning.value for warning in app.warning],
        "dials": dials["values"],
        "hidden": dials["hidden"],
        "widgets": {widget.key: widget.value for widget in widgets if widget.key},
        "done": [
            card["opens"]
            for data in parts.get("cards", [])
            if data["opens"] == "page"
            for section in data["sections"]
            for card in section["cards"]
            if card["state"] == "done"
        ],
        "buttons": [button.label for button in app.button],
        "programs": [_program(data) for data in parts.get("program_view", [])],
        "editor": [_digest(data["source"]) for data in parts.get("editor", [])],
        "graphs": [_graph(data, played) for data in parts.get("graph_view", [])],
        "cards": [data["title"] for data in parts.get("node_card", [])],
        "cells": [data["selection"] for data in parts.get("heatmaps", []) if data["selection"]],
        "enlarged": [data["enlarged"] for data in parts.get("heatmaps", []) if data["enlarged"]],
    }
    return {name: fact for name, fact in found.items() if fact}


def _page(app, language):
    """Which page it is, by its title: the words may change, what a link opens may not."""
    says = {page: texts.for_page(page, language) for page in address.PAGES}
    titles = {say("title"): page for page, say in says.items()}
    # An exhibit of the museum has a title of its own.
    titles |= {says["museum"](f"exhibit_{exhibit.name}"): "museum" for exhibit in EXHIBITS}
    cards = payloads(app).get("cards", [])
    return "lessons" if any(data["opens"] == "page" for data in cards) else titles[title(app)]


def _program(data):
    lines = enumerate(data["lines"], start=1)
    marked = [f"{number} {' '.join(line['is'])}" for number, line in lines if line.get("is")]
    return [_digest(data["source"]), *marked]


def _played(data):
    """At which of how many moments a program stands; None for its end."""
    return None if data["at"] is None else [data["at"], len(data["moments"])]


def _graph(data, played):
    """How many boxes and what is lit of them, where they are not folded by more than their shape;
    what is chosen; and where its program stands."""
    if "tree" in data:
        return [None, data["selection"], None, played]
    held = [inner for box in data["boxes"] for inner in box.get("boxes", [box])]
    boxes = sum(box["kind"] != "port" for box in held)
    return [boxes, data["selection"], " ".join(data["lit"]), played]


def _digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def stored():
    return json.loads(FILE.read_text(encoding="utf-8"))


def main():
    written = {link: facts(opened(link)) for link in stored()}
    lines = (
        f"{json.dumps(link)}: {json.dumps(shown, ensure_ascii=False)}"
        for link, shown in written.items()
    )
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
