"""Values of every kind show on the page as what they are."""

import pytest

import texts
from components.address.packing import pack
from tests.pages.reading import payloads
from tests.pages.test_playground import opened

PROGRAMS = {
    "complex": ("torch.tensor([(-1) ** 0.5, 2])", "|x.grad|"),
    "complex plain": ("(-1) ** 0.5", ""),
    "sparse": ("torch.eye(3).to_sparse()", ""),
    "empty": ("torch.zeros(0)", "–"),
    "empty matrix": ("torch.zeros(3, 0)", "–"),
    "huge": ("torch.zeros(100_000)", "0"),
    "many dimensions": ("torch.zeros(2, 3, 4)", "0"),
    "no number": ("torch.tensor(float('nan'))", "NaN"),
    "infinite": ("torch.tensor([[float('inf')]])", "x.grad"),
    "expanded": ("torch.zeros(1).expand(10**6)", ""),
    "integers": ("torch.tensor([2**63 - 1])", ""),
}


# The languages in turns: what differs between them are the sentences alone.
@pytest.mark.parametrize(
    ("kind", "lang"), [(kind, texts.LANGUAGES[i % 2]) for i, kind in enumerate(PROGRAMS)]
)
def test_a_value_of_any_kind_is_shown_or_named(kind, lang):
    value, named = PROGRAMS[kind]
    backward = "x = x.requires_grad_()\n(x * x).sum().abs().backward()\n" if named else ""

    for select in ("node-0", "node-2", "node-3", "edge-2-0", "line-3"):
        app = opened(lang=lang, code=pack(f"import torch\nx = {value}\n{backward}"), select=select)

        assert not app.exception
        rows = [row for table in payloads(app).get("tensors", []) for row in table["rows"]]
        names = [row["matrix"]["name"] for row in rows if "matrix" in row]
        assert named in (*names, "") or ("x", named) in [(r["name"], r["gradient"]) for r in rows]


def test_a_gradient_may_be_sparse():
    app = opened(
        code=pack(
            "import torch\ne = torch.nn.Embedding(5, 2, sparse=True)\n"
            "e(torch.tensor([1, 1])).sum().backward()\n"
        )
    )

    assert not app.exception
