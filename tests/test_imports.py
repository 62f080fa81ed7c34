"""Imports point one way: autograd_explorer, texts ← components ← pages ← app.py.

Benchmarks and tests share tests/harness; apart from it, neither imports the other.

Inside the engine as well: each house knows only those below it, and nothing goes in a circle,
imports inside functions and for type checkers included.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGINE = ROOT / "autograd_explorer"
OURS = {"app", "boot", "pages", "components", "autograd_explorer", "texts", "benchmarks", "tests"}
MAY_IMPORT = {
    "autograd_explorer": {"autograd_explorer"},
    "texts": {"texts"},
    "components": {"components", "autograd_explorer", "texts"},
    "pages": {"components", "autograd_explorer", "texts"},
    "benchmarks": {"benchmarks", "tests", "components", "autograd_explorer", "texts"},
    "tests/harness": {"tests", "components"},
}
NOT_IN_THE_ENGINE = {"streamlit", "plotly"}
# What each house of the engine, and each module at its top, may import of the others.
FOUNDATION = {"errors", "records", "reach", "figures", "torch_internals", "frames"}
HOUSES = {
    "errors": set(),
    "torch_internals": set(),
    "frames": set(),
    "reach": set(),
    "notebook_lines": set(),
    "figures": set(),
    "records": {"frames", "reach", "figures"},
    "process": set(),
    "language": {"errors", "records", "figures", "torch_internals", "process"},
    "recording": {"errors", "records", "reach", "torch_internals"},
    "explaining": {"errors", "frames", "records", "reach", "notebook_lines"},
    "course": {"errors", "records", "explaining"},
    "wire": {"records", "wire_checks"},
    "wire_checks": {"records", "figures"},
    "workers": {"process"},
    "app_files": set(),
    "watching": {
        "errors",
        "records",
        "torch_internals",
        "recording",
        "explaining",
        "app_files",
    },
    "in_process": {*FOUNDATION, "process", "language", "recording", "notebook_lines"},
    "isolated": {*FOUNDATION, "language", "wire", "wire_checks", "workers"},
    "isolated_job": {*FOUNDATION, "process", "language", "course", "wire", "workers", "in_process"},
    "script": {
        "errors",
        "records",
        "isolated",
        "wire",
        "wire_checks",
        "workers",
        "watching",
        "script_job",
    },
    "script_job": {"wire", "workers", "watching"},
    "run": {*FOUNDATION, "language", "in_process", "isolated"},
    "command": {"app_files"},
    "__main__": {"watching"},
    "__init__": None,  # the front door
}
# What others than the engine itself may import: the front door, the records, and two houses.
DOORS = {
    "autograd_explorer",
    *(f"autograd_explorer.{door}" for door in ("records", "figures", "process")),
}

# Of the components: what asks the reader for something, and what belongs to a whole page.
KNOW_THE_ADDRESS = {
    "address", "dials", "editor", "question", "lesson", "complaints", "on_page", "present", "fragment",
    "header",
}  # fmt: skip
DRAWS_NOTHING = {"every"}  # gathers all that register


def imports(path):
    """The modules that a file imports, wherever in it, as dotted names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if is_module(full) else node.module


def is_module(name):
    path = ROOT / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").exists()


def modules(folder):
    """Dotted name → file, of all that lies in a folder."""
    found = {}
    for path in folder.rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def house(module):
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_a_folder_imports_only_what_is_below_it(folder):
    files = list((ROOT / folder).rglob("*.py"))

    assert files
    for path in files:
        names = {name.partition(".")[0] for name in imports(path)}
        assert names & OURS <= MAY_IMPORT[folder], path
        if folder in ("autograd_explorer", "texts"):
            assert not names & NOT_IN_THE_ENGINE, path


def test_benchmarks_and_tests_share_the_harness_and_nothing_else():
    for folder in ("benchmarks", "tests/harness"):
        for path in (ROOT / folder).rglob("*.py"):
            known = {name for name in imports(path) if name.startswith("tests")}
            assert all(name.startswith("tests.harness.") for name in known), path
    for path in (ROOT / "tests").rglob("*.py"):
        not_ours = (ROOT / "tests" / "hostile" / "programs", ROOT / "tests" / "corpus")
        if not any(folder in path.parents for folder in not_ours):
            assert not any(name.startswith("benchmarks") for name in imports(path)), path


def test_each_house_of_the_engine_knows_only_those_below_it():
    found = modules(ENGINE)

    assert {house(module) for module in found} == set(HOUSES)
    for module, path in found.items():
        allowed = HOUSES[house(module)]
        known = {house(n) for n in imports(path) if n.startswith("autograd_explorer")}
        if allowed is not None:
            assert known <= {*allowed, house(module)}, path


def test_only_what_is_said_to_be_private_to_pytorch_is_imported_from_it():
    """Names with an underscore stand in torch_internals.py, with a reason each."""
    for module, path in modules(ENGINE).items():
        if module != "autograd_explorer.torch_internals":
            for name in imports(path):
                private = name.startswith("torch.") and "._" in name
                assert not private or module == "autograd_explorer.process.deferred_imports", path


def test_the_engine_imports_nothing_in_a_circle():
    found = modules(ENGINE)
    known = {
        module: {name for name in imports(path) if name in found} - {module}
        for module, path in found.items()
    }
    while True:
        leaves = {module for module, names in known.items() if not names}
        if not leaves:
            break
        known = {m: names - leaves for m, names in known.items() if m not in leaves}
    assert not known, f"these import one another: {sorted(known)}"


def test_the_engine_is_reached_through_its_doors():
    for folder in ("components", "pages", "benchmarks"):
        for path in (ROOT / folder).rglob("*.py"):
            inside = {name for name in imports(path) if name.startswith("autograd_explorer")}
            lessons = {name for name in inside if name.startswith("autograd_explorer.course")}
            assert inside - lessons <= DOORS, path


def test_app_imports_boot_before_anything_else():
    first = next(node for node in ast.parse((ROOT / "app.py").read_text()).body[1:])

    assert isinstance(first, ast.Import)
    assert first.names[0].name == "boot"


def test_only_the_house_of_the_address_reads_and_writes_it():
    for path in (
        ROOT / "app.py",
        *(ROOT / "pages").rglob("*.py"),
        *(ROOT / "components").rglob("*.py"),
    ):
        if path.parent != ROOT / "components" / "address":
            assert "query_params" not in path.read_text(encoding="utf-8"), path


def test_what_draws_does_not_know_the_address():
    """It is handed what is chosen, and whom to tell: so it could sit on any page."""
    found = modules(ROOT / "components")

    assert {house(module) for module in found} >= KNOW_THE_ADDRESS
    for module, path in found.items():
        if house(module) not in KNOW_THE_ADDRESS | DRAWS_NOTHING:
            known = {house(n) for n in imports(path) if n.startswith("components.")}
            assert not known & KNOW_THE_ADDRESS, path


def test_the_address_knows_no_component_that_draws():
    for path in (ROOT / "components" / "address").glob("*.py"):
        known = {house(n) for n in imports(path) if n.startswith("components.")}
        assert known <= {"address", "selection", "sent"}, path


def test_no_page_lies_directly_in_pages():
    """A cold server would run it without app.py, and the link's dials would be lost."""
    assert not list((ROOT / "pages").glob("*.py"))


def test_nothing_evaluates_text_or_reflects_on_names_in_the_interpreter():
    for path in ENGINE.rglob("*.py"):
        if path.parent.name == "written":  # programs, which the interpreter executes
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {
            node.func.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not called & {
            "eval",
            "exec",
            "compile",
            "setattr",
            "delattr",
            "__import__",
            "globals",
            "vars",
        }


# What is longer than 400 lines in Python or 250 in JavaScript, and why it may be.
LONG = {
    "autograd_explorer/language/attributes.py": "every way to an attribute, and no other file has one",
    "autograd_explorer/language/expressions.py": "one method a kind of expression",
    "autograd_explorer/language/library/standard_names.py": "a table of Python's own library",
    "autograd_explorer/language/library/written/pyplot.py": "one module of matplotlib's, a program",
    "autograd_explorer/language/statements.py": "one method a kind of statement",
    "autograd_explorer/recording/influence.py": "one method for each thing that is told of values",
    "autograd_explorer/torch_internals.py": "every private name of PyTorch, in one place",
    "components/theme.py": "the page's one style sheet",
    "static/matrix.js": "one matrix in its three forms, and the way through it by keyboard",
}


def test_no_file_is_long_without_a_reason():
    long = {
        path.relative_to(ROOT).as_posix()
        for folder in (*MAY_IMPORT, "static")
        for kind, most in (("py", 400), ("js", 250))
        for path in (ROOT / folder).rglob(f"*.{kind}")
        if "node_modules" not in path.parts and len(path.read_text().splitlines()) > most
    }
    assert long == set(LONG)
