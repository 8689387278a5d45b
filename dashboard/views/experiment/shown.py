"""What the cards of the Experiment page share: how one is made, what is chosen, and how an effect is written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from analytics import Analysis, Params
from analytics.estimate import Estimate
from dashboard.format import ABSENT, NO_BREAK, NumberFormat
from dashboard.sheets.blocks import Block, Cell, cell
from dashboard.table import Table
from dashboard.view import Arrays, Choice, Context, View

PAGE = "experiment"
METHODS = {
    "sequential": ("Always valid", "holds at every look, however often and whenever one looks"),
    "fixed": ("One planned look", "holds for one look at a size that was planned beforehand"),
    "group_sequential": ("Planned looks", "holds at looks that were planned beforehand"),
}
"""What people read for a method, and what it promises."""
TAILS = {"two-sided": "Any difference", "greater": "Only more", "less": "Only less"}
"""What people read for an alternative."""
_LEAST_P, _USUAL_P = 0.001, 0.05
_MOST_TIMES, _ROOM = 6.0, 0.2
_SURE = 0.999


@dataclass(frozen=True, slots=True)
class About:
    """What stands on and above a card.

    Attributes
    ----------
    name, title : str
        As in `View`; its place on the page is that of its name in ``dashboard.components.sheets.ORDER``.
    note, help : str
        As in `View`.
    width : {4, 6, 8, 12}
        Columns of twelve.
    choices : tuple of Choice
        What the reader may choose on the card.
    """

    name: str
    title: str
    note: str = ""
    help: str = ""
    width: int = 12
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a card shows of a result.

    Attributes
    ----------
    blocks : callable
        From the result to what is drawn; see ``dashboard.sheets.blocks``.
    table : callable
        From the result to the same numbers as rows, unrounded.
    summary : callable
        From the result to one sentence.
    """

    blocks: Callable[[Any], list[Block]]
    table: Callable[[Any], Table]
    summary: Callable[[Any], str]


def sheet_view(context: Context, analysis: Analysis, about: About, shown: Shown, params: Params | None = None) -> View:
    """Return a card of the page that is drawn as a sheet.

    Parameters
    ----------
    context : Context
        What views are made from.
    analysis : Analysis
        Where its numbers come from.
    about : About
        What stands above it.
    shown : Shown
        What it makes of a result.
    params : Params, optional
        What is asked beside the filter; default: `experiment_params`.
    """

    def arrays(result: Any, _: Any) -> Arrays:
        return {"blocks": shown.blocks(result)}

    return View(
        name=about.name,
        title=about.title,
        page=PAGE,
        analysis=analysis,
        dimensions=(),
        painter="sheet",
        arrays=arrays,
        table=shown.table,
        summary=shown.summary,
        params=params or experiment_params(context),
        note=about.note,
        choices=about.choices,
        help=about.help,
        width=about.width,
    )


def method_choice(context: Context) -> Choice:
    """Return the choice of what decides; what was planned stands first, planned looks only where a size is planned."""
    planned = context.config.catalog.experiment
    known = [name for name in METHODS if name != "group_sequential" or planned.planned_units]
    known.sort(key=lambda name: name != planned.method)
    return Choice("experiment-method", "Decided by", tuple((name, METHODS[name][0]) for name in known))


def tail_choice() -> Choice:
    """Return the choice of what is held against "no effect"."""
    return Choice("experiment-tail", "Looked for", tuple(TAILS.items()))


def experiment_params(context: Context) -> Params:
    """Return what every card of the page asks: the confidence, and what the reader chose to decide by."""
    method, tail = (choice.chosen(context.options) for choice in (method_choice(context), tail_choice()))
    return replace(context.params, method=method, alternative=tail)


def p_value(value: float | None, write: NumberFormat) -> str:
    """Return a p-value as people read it, without "p".

    Examples
    --------
    >>> p_value(1e-9, NumberFormat("₹", "indian")), p_value(0.0312, NumberFormat("₹", "indian"))
    ('<\\xa00.001', '0.031')
    """
    if value is None:
        return ABSENT
    if value < _LEAST_P:
        return f"<{NO_BREAK}{write.fixed(_LEAST_P, 3)}"
    return write.fixed(value, 4 if abs(value - _USUAL_P) < _LEAST_P / 2 else 3)


def chance(value: float | None, write: NumberFormat) -> str:
    """Return a probability as people read it; none is sure.

    Examples
    --------
    >>> chance(0.99999, NumberFormat("₹", "indian")), chance(0.912, NumberFormat("₹", "indian"))
    ('>\xa099.9\xa0%', '91.2\xa0%')
    """
    if value is None:
        return ABSENT
    if value > _SURE:
        return f">{NO_BREAK}{write.rate(_SURE)}"
    return f"<{NO_BREAK}{write.rate(1 - _SURE)}" if value < 1 - _SURE else write.rate(value)


def lift_cell(lift: Estimate, write: NumberFormat) -> Cell:
    """Return a cell with a lift and its interval below; an end that the data do not bound is left open."""
    if lift.value is None:
        return cell(ABSENT, under=lift_ends(lift, write))
    return cell(write.signed_rate(lift.value), under=lift_ends(lift, write))


def lift_ends(lift: Estimate, write: NumberFormat) -> str:
    """Return the interval of a lift, such as ``+1.0 to +5.7 %``, ``above +1.0 %`` or ``below +5.7 %``.

    Examples
    --------
    >>> lift_ends(Estimate(0.034, 0.01, None, 9), NumberFormat("₹", "indian"))
    'above +1.0\\xa0%'
    """
    low, high = lift.low, lift.high
    if low is not None and high is not None:
        return f"{write.difference_interval(low, high, 'fraction')}{NO_BREAK}%"
    if low is not None:
        return f"above {write.signed_rate(low)}"
    return "" if high is None else f"below {write.signed_rate(high)}"


def difference_cell(difference: Estimate, unit: str, write: NumberFormat) -> Cell:
    """Return a cell with a difference in the unit of its metric and its interval below."""
    low, high = difference.low, difference.high
    text = write.difference(difference.value, unit, [end for end in (low, high) if end is not None])
    if low is not None and high is not None:
        return cell(text, under=write.difference_interval(low, high, unit))
    if low is None and high is None:
        return cell(text)
    return cell(
        text, under=f"{'above' if high is None else 'below'} {write.difference(low if high is None else high, unit)}"
    )


def value_cell(value: Estimate, unit: str, write: NumberFormat) -> Cell:
    """Return a cell with what a variant measured, and its interval below."""
    return cell(write.value(value.value, unit), under=write.interval(value.low, value.high, unit, value.value))


@dataclass(frozen=True, slots=True)
class Span:
    """The range that intervals of one column are drawn in.

    Attributes
    ----------
    low, high : float
        At the left and at the right end; zero lies among them.
    """

    low: float
    high: float

    def drawn(self, estimate: Estimate, tone: str = "main", tip: str = "") -> Cell:
        """Return a cell with the interval drawn, and zero; ends beyond the span, or that do not exist, are cut off.

        Parameters
        ----------
        estimate : Estimate
            What is drawn.
        tone : str
            ``main``, ``neutral``, or ``variant-0`` and up.
        tip : str
            What its tooltip says.
        """
        if estimate.value is None or (estimate.low is None and estimate.high is None):
            return cell("", tip=tip) if tip else ""
        low = self.low if estimate.low is None else estimate.low
        high = self.high if estimate.high is None else estimate.high
        parts = [self._at(end) for end in (low, estimate.value, high)]
        return cell("", interval=parts, zero=self._at(0.0), tone=tone, tip=tip)

    def _at(self, value: float) -> float:
        return round(min(max((value - self.low) / (self.high - self.low), 0.0), 1.0), 5)


def span_with_zero(estimates: Iterable[Estimate]) -> Span:
    """Return a span that holds the intervals and zero with room on either side, but for those far wider than others.

    Examples
    --------
    >>> span_with_zero([Estimate(0.1, 0.05, 0.2, 9), Estimate(0.0, -9.0, 9.0, 2)])
    Span(low=-0.04, high=0.24)
    """
    bounded = [(one.low, one.high) for one in estimates if one.low is not None and one.high is not None]
    narrowest = min((high - low for low, high in bounded), default=0.0)
    sound = [(low, high) for low, high in bounded if high - low <= _MOST_TIMES * narrowest]
    low = min([0.0, *(low for low, _ in sound)])
    high = max([0.0, *(high for _, high in sound)])
    room = (high - low) * _ROOM or 1.0
    return Span(round(low - room, 9), round(high + room, 9))
