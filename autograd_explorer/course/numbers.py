"""Numbers as they are written at school, on one line: 3.3 × 10⁻⁶."""

import math

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(power: int) -> str:
    return str(power).translate(_RAISED)


def power_of_ten(power: int) -> str:
    return f"10{raised(power)}"


def scientific(value: float, digits: int = 1) -> str:
    """With so many digits after the point; plain where it has few zeros, or is not finite."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "∞" if value > 0 else "−∞"
    if value == 0 or 1e-3 <= abs(value) < 1e4:
        return f"{value:.{digits + 1}g}"
    number, power = f"{value:.{digits}e}".split("e")
    return f"{number}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}{power_of_ten(int(power))}"
