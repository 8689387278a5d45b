"""Words of the planner: cases, weeks, and the sentence that answers."""

from fractions import Fraction

from analytics.experiment.power.pace import Span
from analytics.planning.plan_result import PowerResult
from dashboard.format import NumberFormat
from dashboard.sheets.words import counted

_MOST_CASES = 20
NEVER = "more than three years"


def cases(power: float, write: NumberFormat) -> str:
    """Return how often something is shown.

    Examples
    --------
    >>> cases(0.8, NumberFormat("₹", "indian")), cases(0.85, NumberFormat("₹", "indian"))
    ('4 of 5 cases', '17 of 20 cases')
    """
    part = Fraction(power).limit_denominator(_MOST_CASES)
    if abs(float(part) - power) < 1e-9:
        return f"{part.numerator} of {part.denominator} cases"
    return f"{write.rate(power, 0)} of cases"


def weeks_of(days: int | None) -> int | None:
    """Return whole weeks, rounded up; None where the days are.

    Examples
    --------
    >>> weeks_of(15), weeks_of(14), weeks_of(1), weeks_of(None)
    (3, 2, 1, None)
    """
    return None if days is None else -(-days // 7)


def in_weeks(days: int | None, write: NumberFormat) -> str:
    """Return days as whole weeks, rounded up.

    Examples
    --------
    >>> in_weeks(15, NumberFormat("₹", "indian")), in_weeks(None, NumberFormat("₹", "indian"))
    ('3 weeks', 'more than three years')
    """
    weeks = weeks_of(days)
    return NEVER if weeks is None else counted(weeks, "week", write)


def week_range(span: Span, write: NumberFormat) -> str:
    """Return the range of the weeks; empty where it is one number.

    Examples
    --------
    >>> week_range(Span(80, 75, 100), NumberFormat("₹", "indian"))
    '11 to 15 weeks'
    >>> week_range(Span(80, 75, None), NumberFormat("₹", "indian"))
    '11 weeks to more than three years'
    """
    soonest, latest = weeks_of(span.soonest), weeks_of(span.latest)
    if soonest == latest:
        return ""
    if latest is None:
        return f"{counted(soonest or 0, 'week', write)} to {NEVER}"
    return f"{write.count(soonest or 0)} to {counted(latest, 'week', write)}"


def goal_of(result: PowerResult, effect: float, write: NumberFormat) -> str:
    """Return what is to be shown, such as ``show a lift of 2.0 %``."""
    if result.goal == "no_loss":
        return f"rule out a loss of {percent(effect, write)}"
    return f"show a {'fall' if result.alternative == 'less' else 'lift'} of {percent(effect, write)}"


def percent(effect: float, write: NumberFormat) -> str:
    """Return a lift with as many decimals as it has.

    Examples
    --------
    >>> percent(0.02, NumberFormat("₹", "indian")), percent(0.0725, NumberFormat("₹", "indian"))
    ('2\\xa0%', '7.25\\xa0%')
    """
    places = next((n for n in range(3) if abs(round(100 * effect, n) - 100 * effect) < 1e-9), 2)
    return write.rate(effect, places)


def answer(result: PowerResult, write: NumberFormat) -> str:
    """Return the answer in one sentence."""
    if result.notice:
        return result.notice
    goal = goal_of(result, result.effect, write)
    if result.n_units is None:
        return f"No number of users can {goal} here."
    asked = f"To {goal} in {cases(result.power, write)} you need {counted(result.n_units, 'user', write)}"
    if result.days is None:
        return f"{asked}."
    if result.days.likely is None:
        return f"{asked}: {NEVER} of this traffic."
    weeks = weeks_of(result.days.likely) or 0
    return f"{asked}: {counted(weeks, 'full week', write)} of your traffic."
