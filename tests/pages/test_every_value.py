"""Values of every kind show on the page as what they are."""

import pytest

import texts
from components.address.packing import pack
from tests.pages.reading import everything_said, payloads
from tests.pages.test_playground import opened

PROGRAMS = {
    "complex": ("torch.tensor([(-1) ** 0.5, 2])", "|x.grad| (2,)"),
    "complex plain": ("(-1) ** 0.5", ""),
    "sparse": ("torch.eye(3).to_sparse()", ""),
    "empty": ("torch.zeros(0)", "x.grad (0,)"),
    "empty matrix": ("torch.zeros(3, 0)", "x.grad (3, 0)"),
    "huge": ("torch.zeros(100_000)", "x.grad (100000,)"),
    "many dimensions": ("torch.zeros(2, 3, 4)", "x.grad (2, 3, 4)"),
    "no number": ("torch.tensor(float('nan'))", "x.grad ()"),
    "infinite": ("torch.tensor([[float('inf')]])", "x.grad (1, 1)"),
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
        drawn = payloads(app).get("heatmaps", [{"groups": []}])[0]["groups"]
        names = [f"{m['name']} {m['shape']}" for group in drawn for m in group["matrices"]]
        assert named in (*names, "") or named in everything_said(app)


def test_a_gradient_may_be_sparse():
    app = opened(
        code=pack(
            "import torch\ne = torch.nn.Embedding(5, 2, sparse=True)\n"
            "e(torch.tensor([1, 1])).sum().backward()\n"
        )
    )

    assert not app.exception
