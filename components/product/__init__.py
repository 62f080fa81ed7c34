"""A vector times a matrix, drawn as one product: the vector beside the rows, the result below the
columns, each on a scale of its own."""

from collections.abc import Sequence

from components.assets import register
from components.heatmaps import Group, Matrix, build_group
from components.part import part
from texts import Say

_mount = register("product")


@part()
def show_product(
    vector: Matrix, matrix: Matrix, product: Matrix, passes: Sequence[str], say: Say, key: str
) -> None:
    """Draw it. A matrix without values is an empty frame; when they come, they come row by row.

    passes  what is said of each row while it comes
    """
    parts = {"vector": vector, "matrix": matrix, "product": product}
    built = {name: build_group(Group("", (one,))) for name, one in parts.items()}
    _mount(key, {**built, "passes": [*passes], "help": say("help")})
