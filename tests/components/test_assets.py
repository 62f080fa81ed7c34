"""What Python says of static/ is what lies there."""

import json
import re
import shutil

import pytest

import components.every
from components import assets, loader
from components.theme import PAGE_CSS

IMPORT = re.compile(r'^import .* from "(\./|\.\./)([^"]+)";$', re.MULTILINE)


def read(path):
    return path.read_text(encoding="utf-8")


def test_every_component_has_a_view_that_main_knows():
    main = read(assets.STATIC / "main.js")

    known = re.findall(r'^import (\w+) from "\./(\w+)/view\.js";$', main, re.MULTILINE)

    assert components.every.__all__
    assert {name for name, folder in known if name == folder} == set(assets.registered)
    assert {path.parent.name for path in assets.STATIC.glob("*/view.js")} == set(assets.registered)


def test_every_module_is_among_the_files_that_are_loaded():
    files = set(loader.build_frame()["files"])
    imported = set()
    for name in files:
        if name.endswith(".js"):
            folder = assets.STATIC / name
            for way, target in IMPORT.findall(read(folder)):
                path = (folder.parent / way / target).resolve()
                imported.add(path.relative_to(assets.STATIC.resolve()).as_posix())

    assert imported == {name for name in files if name.endswith(".js")} - {"main.js"}


@pytest.mark.parametrize("name", ["matrix.css", "dials/view.js", "vendor/codemirror.js"])
def test_another_file_is_another_version(tmp_path, monkeypatch, name):
    before = loader.build_frame()["version"]
    copy = shutil.copytree(assets.STATIC, tmp_path / "static")
    monkeypatch.setattr(assets, "STATIC", copy)
    build = loader.build_frame.__wrapped__

    assert build()["version"] == before
    (copy / name).write_text(read(copy / name) + "\n")
    assert build()["version"] != before


def test_no_module_holds_a_colour_of_the_theme():
    """They have one source, components/theme.py."""
    for name in loader.build_frame()["files"]:
        path = assets.STATIC / name
        if path.suffix in (".js", ".css"):
            assert not re.search(r"#[0-9a-fA-F]{6}\b", read(path)), path


def test_the_bundle_is_of_the_versions_that_are_asked_for():
    """After another version in package.json it is made anew, by `make editor`."""
    bundle = read(assets.STATIC / "vendor" / "codemirror.js")
    asked = json.loads(read(assets.STATIC.parent / "package.json"))["devDependencies"]
    ours = {name: v for name, v in asked.items() if name.startswith(("@codemirror/", "@lezer/"))}
    banner = bundle.partition("*/")[0]
    notice = read(assets.STATIC / "vendor" / "codemirror.LICENSE.txt")

    assert dict(re.findall(r"(@[a-z]+/[a-z-]+) ([0-9.]+)", banner)) == ours
    for name, version in ours.items():
        assert f"{name} {version}\n" in notice
    # It is fetched by one page alone, and has to come from here.
    assert "vendor/codemirror.js" not in loader.build_frame()["files"]
    assert not re.search(r"\bimport\s*[\"'(]|\bfrom\s*[\"']|\beval\(|new Function", bundle)


def test_no_style_of_the_page_asks_for_a_part_of_a_class_name():
    """Streamlit changes classes at each update, and what stands below would all be styled anew."""
    assert re.search(r"\[class[*^$|~]?=", 'p [class*="st-key-drawn"] > *')
    assert not re.search(r"\[class[*^$|~]?=", PAGE_CSS)
