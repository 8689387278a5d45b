"""CardTable: the numbers of one card as a table, with what an export of it says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.baseline import OPTION
from dashboard.page import PageSource
from dashboard.pages import page_named
from dashboard.sheets import SHEETS
from dashboard.sheets.sheet import Sheet
from dashboard.state import PageState
from dashboard.table import Column, Table
from dashboard.view import Context, View
from dashboard.views import all_views
from semantic.about import Lines, about_lines
from semantic.catalog import DAY
from semantic.errors import UnknownNameError, unknown_name
from semantic.filter import EVERYTHING, Filter
from semantic.snapshot import Snapshot

_MAX_ATTEMPTS = 3
_UNITS = {
    "text": "",
    "day": "",
    "points": "difference of fractions",
    "relative": "fraction of the value of control",
    "metric": "in the unit of the metric",
    "metric_difference": "in the unit of the metric",
}


@dataclass(frozen=True)
class CardTable:
    """What a card shows, as rows and columns.

    Attributes
    ----------
    view : View or Sheet
        The card.
    table : Table
        Its numbers, unrounded.
    where : Filter
        The filter in force on it: a card is not filtered by what it shows.
    filter_text : str
        The same in words.
    snapshot : Snapshot
        The version of the data.
    about : tuple of (str, str)
        What an export says of itself: filter, version, origin, level of the intervals, a definition of each column.
    """

    view: View | Sheet
    table: Table
    where: Filter
    filter_text: str
    snapshot: Snapshot
    about: Lines

    @property
    def last_day(self) -> str:
        """The last day of the data; empty where it has none."""
        days = self.snapshot.domains.get(DAY)
        return days.members[days.n_present - 1] if days and days.n_present else ""


def card_table(source: PageSource, name: str, search: str) -> CardTable:
    """Return the table of a card under the query string of a page.

    Parameters
    ----------
    source : PageSource
        Where pages get their numbers.
    name : str
        The view's.
    search : str
        Filter and options, as in the address of a page.

    Raises
    ------
    UnknownNameError
        Where no card has the name.
    ProductError
        What the store raises.
    """
    if sheet := next((sheet for sheet in SHEETS if sheet.name == name), None):
        return _sheet_table(source, sheet, PageState.of(search).options)
    state = PageState.of(search)
    for _ in range(_MAX_ATTEMPTS):
        where, notices = source.understand(state.filter_query)
        baseline = source.baseline(state.options.get(OPTION, ""), where)
        context = source.context(state.options, baseline)
        view = _view_named(name, context)
        kept = where if page_named(view.page).has_filters else EVERYTHING
        request = view.requests(kept, baseline.where, baseline.versus)[0]
        snapshot, (result,) = source.answers.dated_results([request])
        if snapshot.version == context.snapshot.version:
            break
    table = view.table(result)
    about = (
        *about_lines(view.label, request.where, snapshot, source.config.catalog, {}),
        *_left_out(source, where, request.where),
        ("Intervals", f"{context.number_format.level(request.params.confidence)} confidence"),
        *([("Changes are on", baseline.words)] if request.versus is not None else []),
        *(("Note", notice) for notice in notices),
        *table.definitions,
        *((column.name, definition_of(column)) for column in table.columns),
    )
    return CardTable(view, table, request.where, source.in_words(request.where), snapshot, about)


def definition_of(column: Column) -> str:
    """Return what a column means in words, with its unit.

    Examples
    --------
    >>> definition_of(Column("rate", "Rate", "fraction", "Converted divided by all."))
    'Rate (fraction). Converted divided by all.'
    """
    unit = _UNITS.get(column.unit, column.unit)
    return f"{column.label}{f' ({unit})' if unit else ''}. {column.description}".strip()


def _sheet_table(source: PageSource, sheet: Sheet, options: Mapping[str, str]) -> CardTable:
    context = source.context(options)
    table = sheet.table(source.facts(context, sheet.page))
    about = (
        *about_lines(sheet.label, EVERYTHING, context.snapshot, source.config.catalog, {}),
        *((choice.label, dict(choice.values)[choice.chosen(options)]) for choice in sheet.choices),
        *((column.name, definition_of(column)) for column in table.columns),
    )
    return CardTable(sheet, table, EVERYTHING, source.in_words(EVERYTHING), context.snapshot, about)


def _left_out(source: PageSource, asked: Filter, where: Filter) -> Lines:
    """Return the part of the page's filter that does not hold on the card; nothing where all of it does."""
    rest = asked.without(*where.dimensions)
    return (("Not applied here", f"{source.in_words(rest)}; the card shows all of it"),) if rest else ()


def _view_named(name: str, context: Context) -> View:
    known = {view.name: view for view in all_views(context)}
    if name not in known:
        raise UnknownNameError(unknown_name("card", name, [*known, *(sheet.name for sheet in SHEETS)]))
    return known[name]
