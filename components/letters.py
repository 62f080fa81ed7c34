"""What the letters of the article's program stand for, with formulas as MathML.

Each note opens beside its word, wherever that stands on the page (static/letters.js).
"""

from collections.abc import Sequence

from components.assets import register
from components.prose import inline
from texts import Say

_mount = register("letters", isolated=False)

_OPEN, _CLOSE = '<mo stretchy="false">(</mo>', '<mo stretchy="false">)</mo>'
_SIGMA_OF_Z = f"<mi>σ</mi>{_OPEN}<mi>z</mi>{_CLOSE}"
_LOG = "<mi>log</mi><mo>&#8289;</mo>"  # with the sign that applies a function, which is not seen
_Z = "<mrow><mi>z</mi><mo>=</mo><mi>x</mi><mi>w</mi><mo>+</mo><mi>b</mi></mrow>"
_SIGMA = (
    f"<mrow>{_SIGMA_OF_Z}<mo>=</mo><mfrac><mn>1</mn><mrow><mn>1</mn>"
    "<mo>+</mo><msup><mi>e</mi><mrow><mo>−</mo><mi>z</mi></mrow></msup></mrow></mfrac></mrow>"
)
# In two parts, for a note that is too narrow for one row.
_LOSS = (
    "<mrow><mi>loss</mi><mo>=</mo><mo>−</mo><mfrac><mn>1</mn><msub><mi>n</mi><mi>out</mi></msub>"
    f'</mfrac><mo>∑</mo><mo stretchy="false">[</mo><mi>y</mi>{_LOG}{_SIGMA_OF_Z}</mrow>',
    f"<mrow><mo>+</mo>{_OPEN}<mn>1</mn><mo>−</mo><mi>y</mi>{_CLOSE}{_LOG}{_OPEN}<mn>1</mn>"
    f'<mo>−</mo>{_SIGMA_OF_Z}{_CLOSE}<mo stretchy="false">]</mo></mrow>',
)
_GRADIENT = (
    "<mrow><mfrac><mrow><mi>∂</mi><mi>loss</mi></mrow><mrow><mi>∂</mi><msub><mi>w</mi><mrow>"
    "<mi>i</mi><mi>j</mi></mrow></msub></mrow></mfrac></mrow>"
)
# The word as it stands on the page, the key of its text, and the parts of its formula.
_LETTERS = (
    ("x", "x", ()),
    ("y", "y", ()),
    ("w", "w", ()),
    ("b", "b", ()),
    ("z", "z", (_Z,)),
    ("binary_cross_entropy_with_logits", "sigma", (_SIGMA,)),
    ("loss", "loss", _LOSS),
    ("w.grad", "grad", (_GRADIENT,)),
)


def show_letters(say: Say) -> None:
    """Put the notes on the page; to be drawn once, outside of what is drawn again."""
    _mount("letters", [[word, _note(key, formula, say)] for word, key, formula in _LETTERS])


def _note(key: str, formula: Sequence[str], say: Say) -> str:
    words = f"<p><code>{say(f'letter_{key}')}</code> {inline(say(f'letter_{key}_is'))}</p>"
    math = " ".join(f'<math class="formula">{part}</math>' for part in formula)
    return f"{words}<p>{math}</p>" if math else words


def build_reading(say: Say) -> str:
    """Where to read on."""
    links = " · ".join(
        f'<a href="{say(f"link_{name}")}" target="_blank" rel="noopener">{inline(say(name))}</a>'
        for name in ("read_tutorial", "read_notes")
    )
    return f'<p class="note reading">{links}</p>'
