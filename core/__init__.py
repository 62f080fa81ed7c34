"""Pure torch: run a program, trace its backward pass, explain its nodes. No Streamlit, no prose."""

from core.causes import cause_of
from core.cost import RecordingCost, measure_recording
from core.errors import (
    ExplorerError,
    LimitReached,
    NothingRecorded,
    NotScalar,
    ProblemError,
    ProgramError,
    Refused,
    TraceError,
)
from core.explanations import Equation, Explanation, explain
from core.formulas import Formula, formula
from core.limits import DEFAULT, Limits
from core.problem import Problem
from core.program import run
from core.proof import Proof, RowPattern, predicted, prove, row_pattern
from core.rules import Operand
from core.steps import PartialSum, Step, backward_steps
from core.story import Factor, Story, cell_story
from core.trace import record_graph, trace_backward
from core.views import (
    BackwardGraph,
    Edge,
    Failure,
    Node,
    PlainView,
    Run,
    Saved,
    Statement,
    TensorView,
)

__all__ = [
    "DEFAULT",
    "BackwardGraph",
    "Edge",
    "Equation",
    "Explanation",
    "ExplorerError",
    "Factor",
    "Failure",
    "Formula",
    "LimitReached",
    "Limits",
    "Node",
    "NotScalar",
    "NothingRecorded",
    "Operand",
    "PartialSum",
    "PlainView",
    "Problem",
    "ProblemError",
    "ProgramError",
    "Proof",
    "RecordingCost",
    "Refused",
    "RowPattern",
    "Run",
    "Saved",
    "Statement",
    "Step",
    "Story",
    "TensorView",
    "TraceError",
    "backward_steps",
    "cause_of",
    "cell_story",
    "explain",
    "formula",
    "measure_recording",
    "predicted",
    "prove",
    "record_graph",
    "row_pattern",
    "run",
    "trace_backward",
]
