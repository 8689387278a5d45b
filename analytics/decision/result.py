"""DecisionResult: what to do with the treatments, why, and what would change it, as documented values."""

from dataclasses import dataclass
from typing import Literal

from analytics.estimate import Estimate
from analytics.experiment.verdict import Because, Kind


@dataclass(frozen=True, slots=True)
class Wait:
    """How long it takes to show a lift, were it true, or until the planned end.

    Attributes
    ----------
    premise : {"planned", "observed", "end"}
        Were the lift true that the plan asks for, or that seen so far; or the planned end, whatever is true.
    lift : float or None
        The lift; None where it does not exist.
    n_sessions : int or None
        Sessions that come until then; None where it is not foretold.
    likely, soonest, latest : int or None
        Days from the last one of the data, and their 95 % range; None: not within three years.
    """

    premise: Literal["planned", "observed", "end"]
    lift: float | None
    n_sessions: int | None
    likely: int | None
    soonest: int | None
    latest: int | None


@dataclass(frozen=True, slots=True)
class GuardrailStanding:
    """One metric that must not get worse.

    Attributes
    ----------
    name, label : str
        One word, and what people read.
    lift : Estimate
        Of the treatment that the verdict is about.
    status : {"held", "open", "broken"}
        Shown to lose less than the margin, neither, or shown to be worse.
    """

    name: str
    label: str
    lift: Estimate
    status: Literal["held", "open", "broken"]


@dataclass(frozen=True, slots=True)
class DecidingEffect:
    """What the deciding outcome says of the treatment that the verdict is about.

    Attributes
    ----------
    outcome, label, unit : str
        Name of the outcome, what people read, and its unit.
    per : {"session", "user"}
        What one of it is.
    treatment, control : Estimate
        What each measured.
    difference, lift : Estimate
        Treatment against control, with the intervals that decide; an end is None where nothing bounds it.
    p_value : float or None
        Of "no effect"; it agrees with the intervals.
    loss_of_shipping, loss_of_keeping : float or None
        What deciding now costs on average, in the unit of the outcome, counting 0 where the decision is right.
    """

    outcome: str
    label: str
    unit: str
    per: Literal["session", "user"]
    treatment: Estimate
    control: Estimate
    difference: Estimate
    lift: Estimate
    p_value: float | None
    loss_of_shipping: float | None
    loss_of_keeping: float | None


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """What to do.

    Attributes
    ----------
    kind : {"ship", "keep", "ship_for_segments", "keep_running", "cannot_be_answered"}
        The verdict.
    because : str
        The rule that decided, see `analytics.experiment.verdict`.
    word : str
        The verdict in two or three words, such as "Ship New".
    headline : str
        The verdict in one sentence.
    reasons : tuple of str
        Why, the weightiest first.
    changes : tuple of str
        What would change it.
    warnings : tuple of str
        What else must be known to read the numbers.
    method : {"sequential", "fixed", "group_sequential"}
        What decides.
    method_statement : str
        The same in plain words.
    question : str
        Filter and parameters as an address holds them; with them the record is asked for.
    confidence : float
        Level of all treatments together.
    alternative : {"two-sided", "greater", "less"}
        What is held against "no effect".
    control, treatment : str
        Control, and the treatment that the verdict is about; empty where there is none.
    alike : tuple of str
        Treatments that it is not shown to be better than and that could be shipped as well.
    segments, exceptions : tuple of str
        Where it is to be served, and where not.
    effect : DecidingEffect or None
        None where nothing can be compared.
    guardrails : tuple of GuardrailStanding
        In the order of the plan.
    waits : tuple of Wait
        Only where running on may still settle it.
    gate : {"passed", "warning", "failed", "unknown"}
        How the checks turned out.
    n_users, n_sessions : int
        Behind it.
    smallest_effect, guardrail_margin : float
        As planned, fractions of control.
    """

    kind: Kind
    because: Because
    word: str
    headline: str
    reasons: tuple[str, ...]
    changes: tuple[str, ...]
    warnings: tuple[str, ...]
    method: str
    method_statement: str
    question: str
    confidence: float
    alternative: str
    control: str
    treatment: str
    alike: tuple[str, ...]
    segments: tuple[str, ...]
    exceptions: tuple[str, ...]
    effect: DecidingEffect | None
    guardrails: tuple[GuardrailStanding, ...]
    waits: tuple[Wait, ...]
    gate: str
    n_users: int
    n_sessions: int
    smallest_effect: float
    guardrail_margin: float
