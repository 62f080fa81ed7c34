"""Pure torch: run a program, trace its backward pass, explain its nodes. No Streamlit, no prose."""

from core.causes import cause_of
from core.cost import WIDTHS, ForwardCost, RecordingCost, measure_forward, measure_recording
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
from core.lessons import (
    CALLS,
    CLEARS,
    LEAVES,
    MODES,
    leaf_program,
    lifetime_program,
    recording_program,
    second_backward_program,
)
from core.limits import DEFAULT, Limits
from core.museum import EXHIBITS, Exhibit
from core.problem import Problem
from core.program import run
from core.proof import Proof, RowPattern, predicted, prove, row_pattern
from core.quizzes import (
    Option,
    Quiz,
    leaf_quiz,
    lifetime_quiz,
    museum_quiz,
    recording_quiz,
    steps_quiz,
    totals,
)
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
    "CALLS",
    "CLEARS",
    "DEFAULT",
    "EXHIBITS",
    "LEAVES",
    "MODES",
    "WIDTHS",
    "BackwardGraph",
    "Edge",
    "Equation",
    "Exhibit",
    "Explanation",
    "ExplorerError",
    "Factor",
    "Failure",
    "Formula",
    "ForwardCost",
    "LimitReached",
    "Limits",
    "Node",
    "NotScalar",
    "NothingRecorded",
    "Operand",
    "Option",
    "PartialSum",
    "PlainView",
    "Problem",
    "ProblemError",
    "ProgramError",
    "Proof",
    "Quiz",
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
    "leaf_program",
    "leaf_quiz",
    "lifetime_program",
    "lifetime_quiz",
    "measure_forward",
    "measure_recording",
    "museum_quiz",
    "predicted",
    "prove",
    "record_graph",
    "recording_program",
    "recording_quiz",
    "row_pattern",
    "run",
    "second_backward_program",
    "steps_quiz",
    "totals",
    "trace_backward",
]
