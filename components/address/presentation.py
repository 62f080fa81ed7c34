"""Whether a page is projected, and which controls are left on it then."""

from collections.abc import Container

from components.address.key import rewrite
from components.address.keys import ALL_CONTROLS, CONTROLS, PRESENT, QR


def presenting() -> bool:
    """Whether the page is projected: larger type, and only the chosen controls."""
    return PRESENT.read()


def left_out() -> tuple[str, ...]:
    """The controls that are not shown: outside a presentation, none."""
    kept = CONTROLS.read()
    if not presenting() or kept is None:
        return ()
    return tuple(name for name in ALL_CONTROLS if name not in kept)


def present(controls: Container[object]) -> None:
    kept = tuple(name for name in ALL_CONTROLS if name in controls)
    rewrite((), {PRESENT.name: PRESENT.spell(True), CONTROLS.name: CONTROLS.spell(kept)})


def stop_presenting() -> None:
    rewrite((PRESENT.name, CONTROLS.name, QR.name), {})


def shows_qr() -> bool:
    return presenting() and QR.read()


def toggle_qr() -> None:
    rewrite((QR.name,), {} if shows_qr() else {QR.name: QR.spell(True)})
