"""torch.func: what is linearized, and functions without what they do in place."""

from torch.func import jvp


def linearize(func, *primals):
    """As PyTorch's, but that each product runs the function again."""
    output = func(*primals)

    def jvp_fn(*tangents):
        return jvp(func, primals, tangents)[1]

    return output, jvp_fn


def functionalize(func, *, remove="mutations"):
    """The function itself: what PyTorch makes of it gives the same numbers."""
    if remove not in ("mutations", "mutations_and_views"):
        raise RuntimeError(
            "functionalize(f, remove='mutations'): received invalid argument for remove"
            f" kwarg. Got: {remove}. Valid options are: 'mutations', 'mutations_and_views'."
        )
    return func
