"""Our exceptions. PyTorch's own are never wrapped: they are what the learner came to see.

    ExplorerError
    ├── ProblemError       a dial's value is not allowed          (also a ValueError)
    ├── TraceError         there is no backward pass to trace     (also a RuntimeError)
    │   ├── NothingRecorded    the output has no grad_fn
    │   └── NotScalar          a non-scalar output needs gradient=
    ├── ProgramError       a program was stopped by us, not by PyTorch
    │   ├── Refused            it uses something outside the allow-list
    │   └── LimitReached       it asked for more than Limits allows
    └── StopRun            raised by a report that wants no more of a run

They carry facts and keys, not sentences; the sentences live in texts/.
"""


class ExplorerError(Exception):
    """Anything this project raises itself."""


class ProblemError(ExplorerError, ValueError):
    """A field of Problem was given a value it does not take.

    .field    the field's name, such as "n_in"
    .value    what was given
    .allowed  what is allowed, such as "1..64" or "ones, ramp, normal"
    """

    def __init__(self, field: str, value: object, allowed: str) -> None:
        super().__init__(f"{field}={value!r} is not allowed; allowed: {allowed}")
        self.field = field
        self.value = value
        self.allowed = allowed


class TraceError(ExplorerError, RuntimeError):
    """There is no backward pass to trace."""


class NothingRecorded(TraceError):
    """The output has no grad_fn: it is a leaf, or nothing was recorded."""


class NotScalar(TraceError):
    """The output has several elements and no gradient= came with it.

    .shape  the output's shape, which gradient= must have
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        super().__init__(f"output has shape {shape}; pass gradient= of the same shape")
        self.shape = shape


class ProgramError(ExplorerError):
    """A program was stopped by us.

    .key      what kind of thing it was, such as "import" or "elements"
    .subject  the thing itself, as the program spelled it
    """

    def __init__(self, key: str, subject: str) -> None:
        super().__init__(f"{key}: {subject}")
        self.key = key
        self.subject = subject


class Refused(ProgramError):
    """The program uses something that is not on the allow-list."""


class LimitReached(ProgramError):
    """The program asked for more than Limits allows.

    .key is the name of the field of Limits.
    """


class StopRun(ExplorerError):
    """To be raised by the report given to run(): the run ends there, and is returned as it is."""
