"""Where the app lies beside the engine: its pages, components, browser modules and words."""

from pathlib import Path

_ENGINE = Path(__file__).parent


def app_folder() -> Path:
    """The folder that has app.py: of a checkout its root, of an installed wheel a part of it."""
    root = _ENGINE.parent
    return root if (root / "app.py").is_file() else _ENGINE / "_app"
