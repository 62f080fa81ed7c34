"""The chain rule where two ways meet, as formulas in MathML with the numbers of a run."""

from autograd_explorer.course.backward import Meeting
from components.prose import paragraph
from texts import Say


def build_chain_rule(at: Meeting, say: Say) -> str:
    """Along one way factors are multiplied; where ways meet, what came along them is added."""
    ways = (
        f"{_derivative('loss', 'z')}<mo>=</mo>{_derivative('error', 'z')}<mo>+</mo>"
        f"{_derivative('penalty', 'z')}",
        f"{_number(at.error)}<mo>+</mo>{_number(at.penalty)}",
        _number(at.total),
    )
    along = (
        f"{_derivative('loss', 'w')}<mo>=</mo>{_derivative('loss', 'z')}<mo>·</mo>"
        f"{_derivative('z', 'w')}",
        f"{_number(at.total)}<mo>·</mo>{_number(at.x)}",
        _number(at.w_grad),
    )
    return (
        paragraph(say("chain"))
        + _formula(*along)
        + paragraph(say("chain_sum"))
        + _formula(*ways)
        + paragraph(say("chain_cell"))
    )


def _formula(*equal: str) -> str:
    """What is equal, one after another; on a phone the line breaks before a sign."""
    signed = (equal[0], *(f"<mo>=</mo>{one}" for one in equal[1:]))
    parts = (f'<math class="formula"><mrow>{one}</mrow></math>' for one in signed)
    return f"<p>{' '.join(parts)}</p>"


def _derivative(of: str, by: str) -> str:
    return (
        f"<mfrac><mrow><mi>∂</mi><mi>{of}</mi></mrow><mrow><mi>∂</mi><mi>{by}</mi></mrow></mfrac>"
    )


def _number(value: float) -> str:
    """In brackets where a sign would follow another."""
    digits = f"<mn>{abs(value):.4g}</mn>"
    return digits if value >= 0 else f"<mrow><mo>(</mo><mo>−</mo>{digits}<mo>)</mo></mrow>"
