"""Accounting: what became of every row that the run behind the data read."""

from dashboard.sheets.blocks import Block, listing, paragraph, total
from dashboard.sheets.clock import duration
from dashboard.sheets.facts import Facts
from dashboard.sheets.sheet import Sheet
from dashboard.sheets.words import counted
from dashboard.table import Column, Table
from semantic.provenance import Run

_UNKNOWN = "The database does not know the run that made this data, so its rows cannot be accounted for."


def _parts(run: Run) -> tuple[tuple[str, int], ...]:
    return (("Loaded", run.n_loaded), ("Duplicates", run.n_duplicates), ("Refused", run.n_quarantined))


def _blocks(facts: Facts) -> list[Block]:
    run, write = facts.made_by, facts.write
    if run is None:
        return [paragraph(_UNKNOWN, "quiet")]
    parts = [(label, write.count(n), n) for label, n in _parts(run)]
    took = [("Took", duration(run.finished_at - run.started_at, write))] if run.finished_at else []
    has_users = "user_id" in facts.context.config.fields
    two = [("Users under two engines", write.count(run.n_users_in_two_variants))] if has_users else []
    return [
        total(("Rows read", write.count(run.n_read)), parts),
        listing([*two, *_phases(facts, run), *took]),
    ]


def _phases(facts: Facts, run: Run) -> list[tuple[str, str]]:
    """Return the two phases that took longest."""
    longest = sorted(run.timings.items(), key=lambda item: -item[1])[:2]
    return [(name[:1].upper() + name[1:], duration(round(seconds * 1000), facts.write)) for name, seconds in longest]


def _table(facts: Facts) -> Table:
    run = facts.made_by
    rows = (("Read", run.n_read), *_parts(run)) if run else ()
    return Table((Column("rows", "Rows"), Column("n", "Number", "count", "Rows of the run behind the data.")), rows)


def _summary(facts: Facts) -> str:
    run, write = facts.made_by, facts.write
    if run is None:
        return _UNKNOWN
    return (
        f"Run {run.run_id} read {counted(run.n_read, 'row', write)}: {write.count(run.n_loaded)} loaded, "
        f"{write.count(run.n_duplicates)} duplicates, {write.count(run.n_quarantined)} refused."
    )


ACCOUNTING = Sheet(
    "accounting",
    "What became of the rows read",
    _blocks,
    _table,
    _summary,
    width=6,
    help="Rows that the run behind this data read. A duplicate equals an earlier row and is counted once; a refused "
    "row broke a rule and is kept apart. Read is the sum of the three, to the row.",
)
