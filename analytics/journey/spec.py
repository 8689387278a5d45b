"""Which paths are told: from or to what, how deep, and how many nodes a position shows."""

from dataclasses import dataclass
from typing import Literal

from semantic.errors import InputError

MIN_DEPTH, MAX_DEPTH = 2, 10

Direction = Literal["from", "to"]


@dataclass(frozen=True, slots=True)
class PathSpec:
    """Paths of units, one each.

    Attributes
    ----------
    anchor : str, optional
        The event that paths go from or lead to; without it the first event of the unit, or its last.
    direction : {"from", "to"}
        Forward from the first anchor of the unit, or backward from its last.
    depth : int
        How many events a path tells, the anchor among them: 2 to 10.
    goals : tuple of str
        Events after the anchor that end a path as converted; forward only.
    n_nodes : int
        How many events each position shows; the rest are "Other".
    counts_sessions : bool
        A path ends with its session; else it goes on with its user.
    joins_repeats : bool
        The same event several times in a row is told once.
    """

    anchor: str | None = None
    direction: Direction = "from"
    depth: int = 5
    goals: tuple[str, ...] = ()
    n_nodes: int = 8
    counts_sessions: bool = True
    joins_repeats: bool = False

    def __post_init__(self) -> None:
        if not MIN_DEPTH <= self.depth <= MAX_DEPTH:
            raise InputError(f"paths of {self.depth} events cannot be told; give {MIN_DEPTH} to {MAX_DEPTH}")
        if self.n_nodes < 1:
            raise InputError(f"{self.n_nodes} events at a position show nothing; give at least 1")
        if self.goals and self.direction == "to":
            raise InputError("paths to an event end with it and not with a goal; leave the goals out")
