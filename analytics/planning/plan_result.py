"""Plan result: what the planner answers, as frozen dataclasses."""

from dataclasses import dataclass

from analytics.estimate import Estimate
from analytics.experiment.power.midway import DaysLeft
from analytics.experiment.power.pace import Span


@dataclass(frozen=True, slots=True)
class VariantUnits:
    """Users of one variant.

    Attributes
    ----------
    variant : str
        Its name.
    share : float
        Its planned part of the users who take part.
    n_units : int or None
        Users that it needs; None where no number of users suffices.
    """

    variant: str
    share: float
    n_units: int | None


@dataclass(frozen=True, slots=True)
class MethodPlan:
    """What one method needs.

    Attributes
    ----------
    method : str
        ``sequential``, ``fixed`` or ``group_sequential``.
    n_units : int or None
        Users of all variants at the planned end; None where no number suffices.
    days : Span or None
        Days until then; None where the data has no days.
    expected_days : int or None
        Days after which it stops on average where the lift is true: a method that may look stops earlier.
    inflation : float or None
        Its users by those of one look.
    """

    method: str
    n_units: int | None
    days: Span | None
    expected_days: int | None
    inflation: float | None


@dataclass(frozen=True, slots=True)
class WeekPoint:
    """What can be shown after so many weeks.

    Attributes
    ----------
    weeks : int
        From the beginning.
    n_units, n_low, n_high : int
        Users who have come by then and take part: expected, and the ends of the range.
    effect, effect_low, effect_high : float or None
        The smallest lift that is shown with the power wanted, with the range that the traffic leaves.
    """

    weeks: int
    n_units: int
    n_low: int
    n_high: int
    effect: float | None
    effect_low: float | None
    effect_high: float | None


@dataclass(frozen=True, slots=True)
class EffectPoint:
    """How likely a lift is shown with the planned users.

    Attributes
    ----------
    effect : float
        The lift that is true.
    powers : tuple of float
        Chance to show it, by each of ``PowerResult.methods``.
    """

    effect: float
    powers: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TrafficFacts:
    """The traffic that the plan is made with.

    Attributes
    ----------
    n_days : int
        Days that were counted, to the last one kept; 0 where the data has no days.
    n_units, n_sessions : int
        Different users, and their sessions, in them.
    n_last_week : int
        Different users in the last seven days of them.
    n_new_next_week : int
        Users expected in the week after the last one who were not there before.
    first_day, last_day : str
        ISO days of the run so far; empty where the data has none.
    """

    n_days: int
    n_units: int
    n_sessions: int
    n_last_week: int
    n_new_next_week: int
    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True)
class RunSoFar:
    """What the run so far leaves to be shown of one treatment.

    Attributes
    ----------
    treatment : str
        Its name.
    n_units : int
        Users of all variants so far.
    n_planned : int
        Users at the planned end: as configured, else those of this plan.
    lift : Estimate
        Lift so far, with the interval of the method; n are users.
    left : DaysLeft
        Days left, and chances.
    """

    treatment: str
    n_units: int
    n_planned: int
    lift: Estimate
    left: DaysLeft


@dataclass(frozen=True, slots=True)
class PowerResult:
    """A plan.

    Attributes
    ----------
    metric, label, unit, description : str
        The outcome that is compared.
    control : str
        Name of control.
    baseline : Estimate or None
        Control so far; n are users. None where nothing can be planned: ``notice`` says why.
    goal : {"lift", "no_loss"}
        Whether ``effect`` is a lift that is to be shown, or a loss that is to be ruled out where nothing changes.
    effect, power, confidence : float
        What was asked.
    alternative, method : str
        The same; of a loss to be ruled out only that side.
    traffic_share : float
        Part of the users who take part.
    n_units : int or None
        Users of all variants; None where no number suffices.
    variants : tuple of VariantUnits
        Control first.
    days : Span or None
        Days until they have come; None where the data has no days.
    methods : tuple of MethodPlan
        All methods beside each other.
    by_week : tuple of WeekPoint
        What can be shown after 1 week, 2 weeks, and so on.
    by_effect : tuple of EffectPoint
        How likely smaller and larger lifts are shown with the planned users.
    traffic : TrafficFacts or None
        What it is reckoned from.
    runs : tuple of RunSoFar
        The run so far, by treatment.
    notice : str
        Why nothing can be planned; empty where it can.
    """

    metric: str
    label: str
    unit: str
    description: str
    control: str
    baseline: Estimate | None
    goal: str
    effect: float
    power: float
    confidence: float
    alternative: str
    method: str
    traffic_share: float
    n_units: int | None
    variants: tuple[VariantUnits, ...]
    days: Span | None
    methods: tuple[MethodPlan, ...]
    by_week: tuple[WeekPoint, ...]
    by_effect: tuple[EffectPoint, ...]
    traffic: TrafficFacts | None
    runs: tuple[RunSoFar, ...]
    notice: str
