"""Pure torch: run a program, trace its backward pass, explain its nodes. No Streamlit, no prose."""

from autograd_explorer.course.problem import Problem
from autograd_explorer.errors import (
    ExplorerError,
    LimitReached,
    NothingRecorded,
    NotScalar,
    ProblemError,
    ProgramError,
    Refused,
    StopRun,
    TraceError,
)
from autograd_explorer.explaining.chain_rule import Factor, Story, cell_story
from autograd_explorer.explaining.descent import Descent, LossMap, descend, loss_map
from autograd_explorer.explaining.diagnosis import (
    Finding,
    Path,
    cured,
    diagnose,
    gradients_frame,
    path_of,
)
from autograd_explorer.explaining.equations import Equation, Explanation, explain
from autograd_explorer.explaining.error_causes import cause_of
from autograd_explorer.explaining.finite import (
    NonFinite,
    NonFiniteKind,
    all_finite,
    nonfinite,
    nonfinite_nodes,
)
from autograd_explorer.explaining.formulas import Formula, formula
from autograd_explorer.explaining.gradient_check import (
    Proof,
    RowPattern,
    predicted,
    prove,
    row_pattern,
)
from autograd_explorer.explaining.loss_curve import LossCurve, loss_curve
from autograd_explorer.explaining.rules import Operand
from autograd_explorer.explaining.steps import PartialSum, Step, backward_steps
from autograd_explorer.explaining.timeline import Arrival, Moment, Timeline, timeline
from autograd_explorer.isolated import prepare_workers
from autograd_explorer.language.budget.limits import DEFAULT, Limits
from autograd_explorer.language.heard_warnings import leaf_warning
from autograd_explorer.language.vocabulary import vocabulary
from autograd_explorer.recording.cost import (
    WIDTHS,
    ForwardCost,
    RecordingCost,
    measure_forward,
    measure_recording,
)
from autograd_explorer.recording.minimal import Passed, watch_backward
from autograd_explorer.recording.trace import record_graph, trace_backward
from autograd_explorer.records import (
    BackwardGraph,
    Call,
    Edge,
    Failure,
    Heard,
    Node,
    PlainView,
    Run,
    Saved,
    Statement,
    TensorView,
)
from autograd_explorer.run import run
from autograd_explorer.script import Progress, run_script
from autograd_explorer.watching.script import Watched
from autograd_explorer.watching.seen import Seen
from autograd_explorer.watching.watch import watch

__all__ = [
    "DEFAULT",
    "WIDTHS",
    "Arrival",
    "BackwardGraph",
    "Call",
    "Descent",
    "Edge",
    "Equation",
    "Explanation",
    "ExplorerError",
    "Factor",
    "Failure",
    "Finding",
    "Formula",
    "ForwardCost",
    "Heard",
    "LimitReached",
    "Limits",
    "LossCurve",
    "LossMap",
    "Moment",
    "Node",
    "NonFinite",
    "NonFiniteKind",
    "NotScalar",
    "NothingRecorded",
    "Operand",
    "PartialSum",
    "Passed",
    "Path",
    "PlainView",
    "Problem",
    "ProblemError",
    "ProgramError",
    "Progress",
    "Proof",
    "RecordingCost",
    "Refused",
    "RowPattern",
    "Run",
    "Saved",
    "Seen",
    "Statement",
    "Step",
    "StopRun",
    "Story",
    "TensorView",
    "Timeline",
    "TraceError",
    "Watched",
    "all_finite",
    "backward_steps",
    "cause_of",
    "cell_story",
    "cured",
    "descend",
    "diagnose",
    "explain",
    "formula",
    "gradients_frame",
    "leaf_warning",
    "loss_curve",
    "loss_map",
    "measure_forward",
    "measure_recording",
    "nonfinite",
    "nonfinite_nodes",
    "path_of",
    "predicted",
    "prepare_workers",
    "prove",
    "record_graph",
    "row_pattern",
    "run",
    "run_script",
    "timeline",
    "trace_backward",
    "vocabulary",
    "watch",
    "watch_backward",
]
