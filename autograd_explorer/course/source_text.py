"""The text of programs, put together from lines."""

FORWARD = (
    "z = torch.matmul(x, w) + b",
    "loss = F.binary_cross_entropy_with_logits(z, y)",
)


def under(head: str, *lines: str) -> tuple[str, ...]:
    """A block: its head, and its lines indented."""
    return (head, *(f"    {line}" for line in lines))


def source(*lines: str) -> str:
    """The lines of a program as its text."""
    return "\n".join(lines) + "\n"
