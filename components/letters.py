"""What the letters of the article's program stand for, with formulas as MathML."""

from components.prose import inline
from texts import Say

_OPEN, _CLOSE = '<mo stretchy="false">(</mo>', '<mo stretchy="false">)</mo>'
_SIGMA_OF_Z = f"<mi>σ</mi>{_OPEN}<mi>z</mi>{_CLOSE}"
_LOG = "<mi>log</mi><mo>&#8289;</mo>"  # with the sign that applies a function, which is not seen
_Z = "<mrow><mi>z</mi><mo>=</mo><mi>x</mi><mi>w</mi><mo>+</mo><mi>b</mi></mrow>"
_SIGMA = (
    f"<mrow>{_SIGMA_OF_Z}<mo>=</mo><mfrac><mn>1</mn><mrow><mn>1</mn>"
    "<mo>+</mo><msup><mi>e</mi><mrow><mo>−</mo><mi>z</mi></mrow></msup></mrow></mfrac></mrow>"
)
_ONE_OUTPUT = (
    f"<mi>y</mi>{_LOG}{_SIGMA_OF_Z}<mo>+</mo>{_OPEN}<mn>1</mn><mo>−</mo><mi>y</mi>{_CLOSE}"
    f"{_LOG}{_OPEN}<mn>1</mn><mo>−</mo>{_SIGMA_OF_Z}{_CLOSE}"
)
_LOSS = (
    "<mrow><mi>loss</mi><mo>=</mo><mo>−</mo><mfrac><mn>1</mn><msub><mi>n</mi><mi>out</mi></msub>"
    f"</mfrac><mo>∑</mo><mo>[</mo>{_ONE_OUTPUT}<mo>]</mo></mrow>"
)
_GRADIENT = (
    "<mrow><mfrac><mrow><mi>∂</mi><mi>loss</mi></mrow><mrow><mi>∂</mi><msub><mi>w</mi><mrow>"
    "<mi>i</mi><mi>j</mi></mrow></msub></mrow></mfrac></mrow>"
)
_FORMULAS = {"x": "", "y": "", "w": "", "b": "", "z": _Z, "sigma": _SIGMA, "loss": _LOSS}


def build_letters(say: Say) -> str:
    """A list: each letter, what it is, how it follows from the others; then where to read on."""
    items = "".join(
        f"<dt><code>{say(f'letter_{name}')}</code></dt><dd>{inline(say(f'letter_{name}_is'))}"
        + (f' <math class="formula">{formula}</math>' if formula else "")
        + "</dd>"
        for name, formula in {**_FORMULAS, "grad": _GRADIENT}.items()
    )
    links = " · ".join(
        f'<a href="{say(f"link_{name}")}" target="_blank" rel="noopener">{inline(say(name))}</a>'
        for name in ("read_tutorial", "read_notes")
    )
    return f'<dl class="letters">{items}</dl><p class="note">{links}</p>'
