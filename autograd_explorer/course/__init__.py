"""The course: a module for each lesson, which makes its programs and knows its question.

A module with a `LESSON` is a lesson; nothing else lists them. Its name is also that of the page
in pages/learn/ and of the words in texts/.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from autograd_explorer.course.lesson import Choice, Lesson
from autograd_explorer.course.quiz import Option, Quiz

__all__ = ["CHOICES", "LESSONS", "Choice", "Lesson", "Option", "Quiz"]


def _discovered() -> dict[str, Lesson]:
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    lessons = {m.__name__.rpartition(".")[2]: m.LESSON for m in modules if hasattr(m, "LESSON")}
    return dict(sorted(lessons.items(), key=lambda item: item[1].place))


# The lessons in their order, by name.
LESSONS: Mapping[str, Lesson] = _discovered()
# The dials of all of them, by key.
CHOICES: Mapping[str, Choice] = {
    key: choice for lesson in LESSONS.values() for key, choice in lesson.choices.items()
}
