"""Which well-known mistake a failure is, as a key; the words for it are in texts/."""

import re

from autograd_explorer.records import Failure

# PyTorch's and Python's own words, in the order in which they are tried.
CAUSES: tuple[tuple[str, str], ...] = (
    ("second_backward", r"Trying to backward through the graph a second time"),
    ("not_scalar", r"grad can be implicitly created only for scalar outputs"),
    ("modified_in_place", r"modified by an inplace operation"),
    ("leaf_in_place", r"leaf Variable that requires grad is being used in an in-place|"
                      r"view of a leaf Variable that requires grad"),
    ("nothing_recorded", r"does not require grad and does not have a grad_fn"),
    ("only_floating", r"[Oo]nly Tensors of floating point"),
    ("numpy_of_recorded", r"Can't call numpy\(\) on Tensor that requires grad"),
    ("inference_saved", r"Inference tensors cannot be saved for backward"),
    ("inference_in_place", r"Inplace update to inference tensor"),
    ("gradient_shape", r"Mismatch in shape: grad_output"),
    ("unused_input", r"appears to not have been used in the graph"),
    ("wrong_number_of_gradients", r"returned an incorrect number of gradients"),
    ("wrong_shape_of_gradient", r"returned an invalid gradient at index"),
    ("no_derivative", r"derivative for \S+ is not implemented"),
    ("sparse_gradient", r"does not support sparse gradients"),
    ("flag_of_non_leaf", r"you can only change requires_grad flags of leaf variables"),
    ("deepcopy_of_non_leaf", r"Only Tensors created explicitly by the user"),
    ("grad_is_none", r"'NoneType' object has no attribute|unsupported operand .*'NoneType'"),
    ("truth_of_many", r"Boolean value of Tensor with more than one value is ambiguous"),
    ("shapes_do_not_fit", r"must match the size|shapes cannot be multiplied|size mismatch|"
                          r"inconsistent tensor size|is invalid for input of size"),
    ("types_do_not_fit", r"expected .*dtype|same dtype|expected scalar type|Found dtype"),
)  # fmt: skip


def cause_of(failure: Failure) -> str | None:
    """The key of a mistake that is known by its words, or None."""
    if failure.kind != "torch":
        return None
    for key, words in CAUSES:
        if re.search(words, failure.message):
            return key
    return None
