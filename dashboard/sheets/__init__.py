"""SHEETS: what pages say that no analysis does, in the order of the page."""

from dashboard.sheets.accounting import ACCOUNTING
from dashboard.sheets.configuration import CONFIGURATION
from dashboard.sheets.definitions import DEFINITIONS
from dashboard.sheets.freshness import FRESHNESS
from dashboard.sheets.headline import HEADLINE
from dashboard.sheets.model import MODEL_SHEETS
from dashboard.sheets.predict import PREDICT_SHEETS
from dashboard.sheets.quarantine import QUARANTINE
from dashboard.sheets.runs import RUNS
from dashboard.sheets.sheet import Sheet
from dashboard.sheets.simulate import SIMULATE_SHEETS
from dashboard.sheets.users import USERS

SHEETS: tuple[Sheet, ...] = (
    HEADLINE,
    FRESHNESS,
    ACCOUNTING,
    RUNS,
    QUARANTINE,
    USERS,
    DEFINITIONS,
    CONFIGURATION,
    *SIMULATE_SHEETS,
    *MODEL_SHEETS,
    *PREDICT_SHEETS,
)


def sheets_of(page: str) -> tuple[Sheet, ...]:
    """Return the sheets of a page."""
    return tuple(sheet for sheet in SHEETS if sheet.page == page)
