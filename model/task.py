"""Task: a question that a model answers, and with it what the model may know."""

from dataclasses import dataclass
from typing import Literal

TaskName = Literal["arrival", "retrospective"]


@dataclass(frozen=True, slots=True)
class Task:
    """One of the two models.

    Attributes
    ----------
    name : {"arrival", "retrospective"}
        The same in files, URLs and the API.
    title, question : str
        What people read, and the question that the model answers.
    caution : str
        What must be said beside its numbers; empty: nothing.
    has_consequences : bool
        Whether it knows what is measured after the engine acted.
    """

    name: TaskName
    title: str
    question: str
    caution: str = ""
    has_consequences: bool = False


ARRIVAL = Task(
    "arrival",
    "On arrival",
    "Will this visitor convert, going by what is known when the visit begins?",
)
RETROSPECTIVE = Task(
    "retrospective",
    "In session",
    "Did this visit convert, going also by how long it took and how many pages were seen?",
    "Time and pages are measured while the visitor decides: they are effects as well as causes. This model describes "
    "visits; what it says of time and pages is not what a change of them would do.",
    has_consequences=True,
)
TASKS: tuple[Task, ...] = (ARRIVAL, RETROSPECTIVE)
