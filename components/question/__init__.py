"""A question about a run: predict first, then see which answer holds, and why.

Its answer is computed from the run, so a moved dial may change it: then it is asked again.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

import texts
from autograd_explorer.course import Option, Quiz
from components import address
from components.assets import register
from components.part import part
from components.present import Class, ask_class, vote
from components.prose import inline
from texts import Say

_mount = register("question")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands.

    .marks   what counts as done with it, in the address
    .chosen  the option that the reader has chosen, if any
    .open    whether it waits for an answer: what would give it away is not to be shown
    .again   whether it was answered before, and a dial has changed the answer since
    """

    quiz: Quiz
    marks: tuple[str, ...]
    chosen: int | None
    open: bool
    again: bool


def ask(quiz: Callable[[], Quiz | None], *marks: str) -> Asked | None:
    """How a question stands; None where this run gives none, or where making it fails."""
    with part():
        asked = quiz()
        return None if asked is None else _as_it_stands(asked, marks)
    return None


def is_open(asked: Asked | None) -> bool:
    return asked is not None and asked.open


@dataclass(frozen=True, slots=True)
class Answers:
    """.letters of the options, by what of a figure stands for them; .take what was chosen there"""

    letters: Mapping[str, str]
    take: Callable[[Any], None]


def answers(asked: Asked | None) -> Answers | None:
    """How an open question is answered in its figure, where that is possible."""
    if asked is None or not asked.open:
        return None
    places = {option.place: i for i, option in enumerate(asked.quiz.options) if option.place}

    def take(chosen: Any) -> None:
        if isinstance(chosen, str) and chosen in places:
            _answer(asked, places[chosen])

    letters = {place: chr(ord("A") + i) for place, i in places.items()}
    return Answers(letters, take) if places else None


@part()
def show_question(asked: Asked | None, say: Say, say_own: Say, key: str = "question") -> None:
    """Draw it with its options, and once it is answered which of them holds, and why.

    say  the words that all questions share; say_own those of this one
    """
    if asked is None:
        return
    count = len(asked.quiz.options)
    here = _class_of(asked)

    def answer(choice: Any) -> None:
        if type(choice) is int and 0 <= choice < count:
            _answer(asked, choice)

    data = build_question(asked, say, say_own)
    data |= build_class(asked, here) if here else {}
    _mount(key, data, answer=answer, reveal=lambda _: _reveal(asked))


def build_class(asked: Asked, here: Class) -> dict[str, Any]:
    """What is added to a question where a class is asked."""
    say = texts.for_page("present", address.language())
    if here.presents and here.hands is not None:
        return {
            "hands": {
                "form": here.hands.form,
                "counts": here.hands.counts,
                "told": say("hands_told", count="{count}"),
                "none": say("hands_none"),
            },
            "reveal": say("hands_reveal") if asked.open else "",
        }
    if not asked.open:
        return {}
    if here.vote is not None and here.asked:
        letter = chr(ord("A") + here.vote)
        return {
            "vote": here.vote,
            "voted": say("hands_counted", letter=letter),
            "reveal": say("hands_see"),
        }
    if here.asked:
        return {"voted": say("hands_asked"), "reveal": ""}
    return {"voted": say("hands_not_asked")}


def build_question(asked: Asked, say: Say, say_own: Say) -> dict[str, Any]:
    """The question as HTML; each option with its label and, where that is told, whether it holds;
    the reason once there is an answer."""
    quiz = asked.quiz
    labels = [_label(option, say, say_own) for option in quiz.options]
    told = not asked.open
    return {
        "title": say("told" if told else "again" if asked.again else "predict"),
        "text": inline(say_own(quiz.key, **quiz.facts)),
        "options": [
            {
                "label": label,
                "chosen": i == asked.chosen,
                "holds": quiz.options[i].right if told else None,
            }
            for i, label in enumerate(labels)
        ],
        "verdict": _verdict(asked, labels, say, say_own),
        "reveal": say("reveal") if asked.open else "",
    }


def _label(option: Option, say: Say, say_own: Say) -> str:
    if option.words:
        return inline(say_own(option.words, **option.facts))
    return f"<code>{escape(option.label)}</code>" if option.label else inline(say("option_none"))


def _verdict(asked: Asked, labels: list[str], say: Say, say_own: Say) -> dict[str, Any] | None:
    if asked.open:
        return None
    option = asked.quiz.answer if asked.chosen is None else asked.quiz.options[asked.chosen]
    reason = inline(say_own(option.why, **option.facts))
    if asked.chosen is None:
        return {"right": True, "html": reason}
    html = inline(say("right" if option.right else "wrong", reason="\0")).replace("\0", reason)
    if not option.right:
        answer = labels[asked.quiz.options.index(asked.quiz.answer)]
        html += "<br>" + inline(say("answer", answer="\0")).replace("\0", answer)
    return {"right": option.right, "html": html}


def _as_it_stands(quiz: Quiz, marks: tuple[str, ...]) -> Asked:
    """What this session has answered; a link to what is done shows it answered, by nobody."""
    key, now = _key(marks), _signature(quiz)
    known: tuple[object, int | None] | None = st.session_state.get(key)
    if known is None and all(mark in address.done() for mark in marks):
        known = st.session_state[key] = now, None
    if known is None:
        return Asked(quiz, marks, None, open=True, again=False)
    answered = known[0] == now
    return Asked(quiz, marks, known[1] if answered else None, open=not answered, again=True)


def _answer(asked: Asked, choice: int) -> None:
    """Take an answer; where a class is asked, as a vote, and then nothing is told yet."""
    here = _class_of(asked)
    votes = here is not None and not here.presents
    if not (votes and vote(asked.marks[-1], _form(asked.quiz), choice)):
        _take(asked, choice)


def _reveal(asked: Asked) -> None:
    """Show the answer; in a class that is asked not before it is out, and then with one's vote."""
    here = _class_of(asked)
    if here is None or here.presents or not here.asked:
        _take(asked, here.vote if here else None)


def _class_of(asked: Asked) -> Class | None:
    count = len(asked.quiz.options)
    return ask_class(asked.marks[-1], _form(asked.quiz), count, revealed=not asked.open)


def _take(asked: Asked, choice: int | None) -> None:
    """Keep an answer, or None where the reader wants to see without one."""
    right = choice is not None and asked.quiz.options[choice].right
    st.session_state[_key(asked.marks)] = _signature(asked.quiz), choice
    address.mark_done(*asked.marks, right=right)


def _key(marks: tuple[str, ...]) -> str:
    return f"question-{'-'.join(marks)}"


def _form(quiz: Quiz) -> str:
    """The same in a few letters, by which a class knows that it is asked the same."""
    return hashlib.sha256(repr(_signature(quiz)).encode()).hexdigest()[:16]


def _signature(quiz: Quiz) -> object:
    """What makes it another question: what is asked, what can be answered, and what holds."""
    return quiz.key, tuple((option.label, option.words, option.right) for option in quiz.options)
