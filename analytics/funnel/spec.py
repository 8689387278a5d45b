"""What a funnel is: its steps, their order, the window, and what is counted."""

from dataclasses import dataclass
from typing import Literal

from semantic.errors import InputError

MAX_STEPS = 20
MAX_TIMES = 100

Order = Literal["ordered", "strict", "any"]
WindowFrom = Literal["start", "step"]
Counted = Literal["users", "sessions", "totals"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a funnel.

    Attributes
    ----------
    events : tuple of str
        Names of events; any of them is the step.
    times : int
        How often it must happen; the step is reached with the last of them.
    is_optional : bool
        Later steps do not need it.
    excluded : tuple of str
        Events that must not happen between the event before in the chain and this one; where the order is "any",
        between the first event and the last.
    """

    events: tuple[str, ...]
    times: int = 1
    is_optional: bool = False
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FunnelSpec:
    """A funnel.

    Attributes
    ----------
    steps : tuple of Step
        1 to 20 steps.
    order : {"ordered", "strict", "any"}
        Other events may stand between steps; no other event of the unit may; steps may come in any order.
    window_ms : int, optional
        How long a chain may take, ends included; without it, any time.
    window_from : {"start", "step"}
        From the first event of the chain, or from each event to the next.
    counted : {"users", "sessions", "totals"}
        Users; sessions, each on its own; or every start.
    """

    steps: tuple[Step, ...]
    order: Order = "ordered"
    window_ms: int | None = None
    window_from: WindowFrom = "start"
    counted: Counted = "users"

    def __post_init__(self) -> None:
        faults = [*_faults_of_steps(self.steps), *_faults_of_window(self), *_faults_of_any_order(self)]
        if faults:
            raise InputError(faults[0])

    @property
    def required(self) -> tuple[int, ...]:
        """Places of the steps that later steps need."""
        return tuple(place for place, step in enumerate(self.steps) if not step.is_optional)


def _faults_of_steps(steps: tuple[Step, ...]) -> list[str]:
    faults = []
    if not 1 <= len(steps) <= MAX_STEPS:
        faults.append(f"a funnel of {len(steps)} steps cannot be counted; give 1 to {MAX_STEPS}")
    if steps and steps[0].is_optional:
        faults.append("the first step of a funnel cannot be optional, since everything is counted from it; require it")
    faults += [f"step {n} names no event; give at least one" for n, step in enumerate(steps, 1) if not step.events]
    faults += [
        f"step {n} is repeated {step.times} times; give 1 to {MAX_TIMES}"
        for n, step in enumerate(steps, 1)
        if not 1 <= step.times <= MAX_TIMES
    ]
    return faults


def _faults_of_window(spec: FunnelSpec) -> list[str]:
    if spec.window_ms is not None and spec.window_ms < 0:
        return [f"a window of {spec.window_ms} ms ends before it begins; give 0 or more"]
    return []


def _faults_of_any_order(spec: FunnelSpec) -> list[str]:
    if spec.order != "any":
        return []
    named = [name for step in spec.steps for name in dict.fromkeys(step.events)]
    excluded = {name for step in spec.steps for name in step.excluded}
    faults = []
    if len(named) != len(set(named)) or excluded & set(named):
        faults.append("steps in any order share an event; name each event in one step only")
    if any(step.is_optional for step in spec.steps):
        faults.append("steps in any order cannot be optional, since their number is counted; leave the step out")
    if spec.window_from == "step" and spec.window_ms is not None:
        faults.append("steps in any order have no step before them; count the window from the start")
    if spec.counted == "totals":
        faults.append("steps in any order have no single start to count; count users or sessions")
    return faults
