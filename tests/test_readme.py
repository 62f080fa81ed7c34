import contextlib
import io
import re
import tomllib
from pathlib import Path

import pytest

from components.address.keys import KEYS

ROOT = Path(__file__).parent.parent
READMES = ["README.md", "README.ja.md"]
SECURITY = ["SECURITY.md", "SECURITY.ja.md"]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_the_snippet_runs(name):
    (snippet,) = re.findall(r"```python\n(.*?)```", read(name), re.DOTALL)
    out = io.StringIO()

    with contextlib.redirect_stdout(out):
        exec(snippet, {})  # noqa: S102

    assert "[0.3313, 0.0626, 0.2530]" in out.getvalue()
    assert "mm_mat2_backward" in out.getvalue()


@pytest.mark.parametrize("name", [*READMES, *SECURITY, "CONTRIBUTING.md", "docs/where.md"])
def test_every_file_and_target_it_names_exists(name):
    text = read(name)
    makefile = read("Makefile")

    for path in re.findall(r"\]\(([^):]+)\)", text):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"`((?:[\w.-]+/)+[\w.-]+/?)`", text):
        assert (ROOT / path).exists(), path
    for target in re.findall(r"`make (\S+)`|^    make (\S+)", text, re.MULTILINE):
        assert f"\n{''.join(target)}:" in makefile


@pytest.mark.parametrize("name", READMES)
def test_every_file_in_the_table_of_the_code_lies_where_its_row_says(name):
    """A row begins with a folder or a file; what it names without a folder lies in the same one."""
    table = read(name).rpartition("\n## ")[2]
    rows = re.findall(r"^\| (`.+?) \| (.+) \|$", table, re.MULTILINE)

    assert len(rows) > 20
    for where, what in rows:
        first = re.search(r"`(.+?)`", where)[1]
        folder = ROOT / first if first.endswith("/") else (ROOT / first).parent
        for path in re.findall(r"`([\w./]+(?:\.py|/))`", f"{where} {what}"):
            assert (folder / path).exists() or (ROOT / path).exists(), path


def test_both_pages_on_security_have_the_same_sections_rows_and_files():
    english, japanese = (read(name) for name in SECURITY)

    for pattern in (r"^#+ ", r"^\| ", r"^- "):
        assert len(re.findall(pattern, english, re.MULTILINE)) == len(
            re.findall(pattern, japanese, re.MULTILINE)
        )
    file = r"`(?:\w+/)*[\w.-]+\.(?:py|txt|conf)`|`(?:\w+/)+`"
    assert sorted(re.findall(file, english)) == sorted(re.findall(file, japanese))
    assert SECURITY[1] in english and SECURITY[0] in japanese


def test_make_bench_runs_every_benchmark_in_the_order_of_their_readme():
    (named,) = re.findall(r"^BENCHMARKS := (.+)$", read("Makefile"), re.MULTILINE)

    told = re.findall(
        r"^    python -m benchmarks\.(\w+)$", read("benchmarks/README.md"), re.MULTILINE
    )
    written = {
        path.stem
        for path in (ROOT / "benchmarks").glob("*.py")
        if "python -m benchmarks." in path.read_text(encoding="utf-8")
    }
    assert named.split() == told
    assert set(told) == written


def test_both_readmes_have_the_same_sections_and_commands():
    english, japanese = (read(name) for name in READMES)

    for pattern in (r"^## ", r"^    .+", r"^\| `"):
        assert len(re.findall(pattern, english, re.MULTILINE)) == len(
            re.findall(pattern, japanese, re.MULTILINE)
        )


@pytest.mark.parametrize("name", READMES)
def test_the_table_of_keys_is_what_the_address_declares(name):
    rows = re.findall(r"^\| `([a-z_]+)` \| (.+?) \| .+ \|$", read(name), re.MULTILINE)

    assert dict(rows) == {key.name: key.allowed for key in KEYS}
    assert len(rows) == len(KEYS)


def test_what_is_required_is_imported_pinned_and_constrained():
    names = {"PyYAML": "yaml"}
    source = "".join(
        path.read_text(encoding="utf-8")
        for pattern in ("*.py", "autograd_explorer/**/*.py", "components/**/*.py")
        for path in ROOT.glob(pattern)
    )
    constraints = read("constraints.txt").lower()

    for line in read("requirements.txt").splitlines()[1:]:
        package, version = line.split("==")
        module = names.get(package, package)
        assert re.search(rf"^(import|from) {module}\b", source, re.MULTILINE), package
        assert f"\n{package.lower()}=={version}\n" in constraints


def test_the_version_is_the_newest_in_the_changelog():
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]

    assert re.search(r"^## (\d\S+)", read("CHANGELOG.md"), re.MULTILINE)[1] == version
