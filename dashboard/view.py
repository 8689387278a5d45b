"""View: one thing on a page, as a value: what it asks, what it sends, and who draws it in the browser."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from analytics import Analysis, Params
from analytics.analysis import DEFAULTS, Request
from analytics.estimate import Estimate
from analytics.variants import control_of
from config import Config
from dashboard.baseline import ALL_SESSIONS, Baseline
from dashboard.day_format import DayFormat
from dashboard.dial import Dial
from dashboard.format import NumberFormat
from dashboard.table import Table
from semantic.catalog import DAY
from semantic.filter import EVERYTHING, Filter
from semantic.snapshot import Snapshot

Painter = Literal[
    "verdict", "verdict-memo", "headline", "kpi", "dots", "figure", "segments", "heatmap", "bins", "bars", "sheet"
]
Arrays = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that the reader chooses on a card beside the filter; it stands in the URL.

    Attributes
    ----------
    option : str
        Key of the URL, with a hyphen in it, such as ``heatmap-rows``.
    label : str
        What people read.
    values : tuple of (str, str)
        What may be chosen: the word in the URL, and what people read. The first one holds where nothing is chosen.
    taken : str
        A word that another choice of the card holds, so that it cannot be chosen here.
    """

    option: str
    label: str
    values: tuple[tuple[str, str], ...]
    taken: str = ""

    def chosen(self, options: Mapping[str, str]) -> str:
        """Return the word that the options hold; the first value where they hold none, an unknown or a taken one."""
        words = [word for word, _ in self.values if word != self.taken]
        wanted = options.get(self.option, "")
        return wanted if wanted in words else words[0]


@dataclass(frozen=True)
class View:
    """One card of a page.

    Attributes
    ----------
    name : str
        One word; the card's id in the browser.
    title, note : str
        What stands above it, and beside that in a lighter tone.
    page : str
        Name of the page it belongs to.
    analysis : Analysis
        Where its numbers come from.
    dimensions : tuple of str
        What a click on it filters; it is computed without their clauses, so that it never filters itself.
    painter : Painter
        The function of assets/paint_*.js that draws it.
    arrays : callable
        From the result under the filter, and that of all sessions where ``has_ghost``, to what the painter needs.
        Paths such as ``data.0.x`` where the painter is ``figure``.
    table : callable
        From the result under the filter to the same numbers as rows, unrounded.
    summary : callable
        From the result under the filter to one sentence that says what the card shows.
    params : Params
        What the analysis is asked beside the filter.
    skeleton : mapping
        A figure without its numbers; sent once with the page.
    has_ghost : bool
        Whether the baseline is shown too: all sessions, or what the reader compares with.
    choices : tuple of Choice
        What the reader may choose on the card.
    help : str
        What the shown number means, from the catalog.
    width : {3, 4, 6, 8, 12}
        Columns of twelve.
    own : Filter or None
        Clauses that were set here; they alone are left out, and only as long as they hold. None: whatever holds on
        ``dimensions`` is left out.
    sliders : tuple of Dial
        Numbers that the reader may drag on the card.
    """

    name: str
    title: str
    page: str
    analysis: Analysis
    dimensions: tuple[str, ...]
    painter: Painter
    arrays: Callable[[Any, Any], Arrays]
    table: Callable[[Any], Table]
    summary: Callable[[Any], str]
    params: Params = DEFAULTS
    note: str = ""
    skeleton: Mapping[str, Any] = field(default_factory=dict)
    has_ghost: bool = False
    choices: tuple[Choice, ...] = ()
    help: str = ""
    width: int = 12
    own: Filter | None = None
    sliders: tuple[Dial, ...] = ()

    @property
    def label(self) -> str:
        """What people call the card, also where nothing stands above it."""
        return self.title or self.analysis.title

    def chosen(self, options: Mapping[str, str]) -> dict[str, Any]:
        """Return what is chosen on the card, and where its sliders stand, if it has any."""
        words = {choice.option: choice.chosen(options) for choice in self.choices}
        stops = {slider.option: slider.sent(options) for slider in self.sliders}
        return {"chosen": words} | ({"sliders": stops} if stops else {})

    def requests(
        self, where: Filter, baseline: Filter = EVERYTHING, versus: Filter | None = None
    ) -> tuple[Request, ...]:
        """Return what the analyses are asked: the view under the filter less its own clauses, then its ghost.

        Parameters
        ----------
        where : Filter
            The filter in force.
        baseline : Filter
            What the ghost is of.
        versus : Filter, optional
            What an analysis that compares is asked to compare with; default: what it does by itself.
        """
        own = Request(self.analysis, self._others(where), self.params, versus)
        ghost = Request(self.analysis, self._others(baseline), self.params)
        return (own, ghost) if self.has_ghost else (own,)

    def _others(self, where: Filter) -> Filter:
        """Return the filter less what was set on this card."""
        if self.own is None:
            return where.without(*self.dimensions)
        return where.without(*self.own.dimensions) if set(self.own.clauses) <= set(where.clauses) else where


@dataclass(frozen=True)
class Context:
    """What views are made from.

    Attributes
    ----------
    config : Config
        Words and ways of writing.
    snapshot : Snapshot
        The version of the data.
    options : mapping of str to str
        What the reader chose beside the filter.
    baseline : Baseline
        What ghosts and changes are of.
    """

    config: Config
    snapshot: Snapshot
    options: Mapping[str, str] = field(default_factory=dict)
    baseline: Baseline = ALL_SESSIONS

    @property
    def number_format(self) -> NumberFormat:
        """How numbers are written."""
        display = self.config.display
        return NumberFormat(
            display.currency, display.grouping, display.numbers, display.currency_position, display.currency_decimals
        )

    @property
    def day_format(self) -> DayFormat:
        """How days are written."""
        return DayFormat(self.config.display.dates)

    @property
    def params(self) -> Params:
        """What every analysis is asked."""
        return Params(confidence=self.config.display.confidence)

    @property
    def variants(self) -> tuple[str, ...]:
        """Names of the variants, control first: their places are their colours."""
        members = self.snapshot.domains["variant"].members
        control = control_of(members, self.config.catalog)
        return tuple(sorted(members, key=lambda member: member != control))

    @property
    def days(self) -> tuple[str, ...]:
        """ISO days of the data, first to last; none where it has no days."""
        domain = self.snapshot.domains.get(DAY)
        return tuple(domain.members[: domain.n_present]) if domain else ()

    def beside(self, ghost: Estimate | None, unit: str = "fraction") -> str:
        """Return what a tooltip adds on the baseline, such as "; prior day: 31.2 % (30.1 – 32.3 %), 8,105 sessions".

        Parameters
        ----------
        ghost : Estimate or None
            The same number of the baseline; None adds nothing.
        unit : str
            Its unit.
        """
        if ghost is None or ghost.value is None:
            return ""
        write, ends = self.number_format, self.number_format.interval(ghost.low, ghost.high, unit)
        told = f"{write.value(ghost.value, unit)}{f' ({ends})' if ends else ''}, {write.count(ghost.n)} sessions"
        return f"; {self.baseline.words}: {told}"


ViewMaker = Callable[[Context], tuple[View, ...]]
