"""Lesson: a derivative can be checked three ways, and finite differences have a best step size."""

import autograd_explorer as ax
from autograd_explorer.course import proofs as course
from components.board import board, slide
from components.charts import Lines, show_lines
from components.fragment import fragment
from components.lesson import ask_choice, ask_first, begin, offer_playground, show_lesson, words
from components.on_page import show_program
from components.part import part
from components.prose import note, paragraph, show
from components.runs import run_of
from texts import Say


@fragment
def lesson() -> None:
    say, problem = begin("proofs")
    run = run_of(course.program(problem))
    if ask_first("proofs", lambda: course.quiz(run), run.source):
        with slide("errors"):
            power = int(ask_choice("power", say("power"), say))
            show_errors(run, power, say)
        with board("lesson"):
            say_errors(run, power, say)
            show_program(run, words("program"), key="program")
    offer_playground(run.source)


@part()
def show_errors(run: ax.Run, power: int, say: Say) -> None:
    single, double = run.tensor("errors").values
    show_lines(
        Lines(
            say("chart"),
            [10.0**-p for p in course.POWERS],
            {"float32": single, "float64": double},
            say("step"),
            say("error"),
            log="xy",
            marked=10.0**-power,
        ),
        key="errors",
    )


@part()
def say_errors(run: ax.Run, power: int, say: Say) -> None:
    single, double = run.tensor("errors").values
    at = power - course.POWERS.start
    errors = {"single": f"{single[at]:.1e}", "double": f"{double[at]:.1e}"}
    show(paragraph(say("at_step", power=power, **errors)), note(findings(run, say)))


def findings(run: ax.Run, say: Say) -> str:
    """What the two curves of this run show: truncation, rounding, and a step too small to see."""
    single, double = run.tensor("errors").values
    falls = double[1] * 50 < double[0] < double[1] * 200
    said = [
        say(
            "notice" if falls else "notice_flat", large=f"{double[0]:.1e}", small=f"{double[1]:.1e}"
        )
    ]
    best = {
        "single": course.POWERS[single.argmin()],
        "double": course.POWERS[double.argmin()],
    }
    said.append(say("best", **best))
    power = course.unnoticed_from(run)
    if power is not None:
        gradient = abs(float(run.tensor("exact").values[0, 0]))
        said.append(say("still", power=power, gradient=f"{gradient:.1e}"))
    return " ".join(said)


show_lesson("proofs", lesson, ("finite", "truncation", "rounding", "gradcheck"))
