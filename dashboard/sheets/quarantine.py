"""Quarantine: the rows that a run refused, by rule and column, with the first few of each."""

from dashboard.sheets.blocks import Block, Cell, cell, heading, link, paragraph, rows_of
from dashboard.sheets.facts import Facts
from dashboard.sheets.sheet import Sheet
from dashboard.sheets.words import counted, small_rate
from dashboard.table import Column, Table
from semantic.provenance import Quarantine, Reason

DOWNLOAD = "/api/v1/quarantine.csv"
_NONE_EVER = "No run on record refused a row."
_ANYWHERE = "whole row"
_LONGEST, _LONGEST_VALUE = 600, 32
_COLUMNS = (
    Column("run", "Run", "count", "The run that refused the rows."),
    Column("rule", "Rule", "text", "What should hold."),
    Column("column", "Column", "text", "Source column; empty where the row could not be split into columns."),
    Column("rows", "Rows", "count", "Rows that broke the rule first in this column."),
    Column("share", "Share of the rows read", "fraction", "Of the same run."),
    Column("example_line", "Line of an example", "count", "Where it stood in the source."),
    Column("example_value", "Value of an example"),
)


def _blocks(facts: Facts) -> list[Block]:
    found, write = facts.quarantine, facts.write
    lead = [paragraph(_clean(facts), "good")] if _clean(facts) else []
    if found is None:
        return lead or [paragraph(_NONE_EVER, "quiet")]
    if lead:
        lead.append(paragraph(f"The newest run that refused rows is run {found.run.run_id}:", "quiet"))
    largest = max((reason.n_records for reason in found.reasons), default=1)
    rows = [_row(reason, found, largest, facts) for reason in found.reasons]
    examples = [_example(e.line, e.value, e.raw, reason) for reason in found.reasons for e in reason.examples]
    every = "all " if found.run.n_quarantined > 1 else ""
    n = counted(found.run.n_quarantined, "refused row", write)
    return [
        *lead,
        rows_of("Reasons", ("Rule that was broken", "Column", "#Rows", "#Of all read"), rows),
        heading("First examples of each"),
        rows_of("Examples", ("#Line", "Column", "Value", "Row as it was"), examples),
        link(f"{DOWNLOAD}?run={found.run.run_id}", f"Download {every}{n} (CSV)"),
    ]


def _clean(facts: Facts) -> str:
    """Return that the run behind the data refused nothing, where that is so."""
    run = facts.made_by
    if run is None or run.n_quarantined:
        return ""
    return f"Run {run.run_id} refused nothing: each of the {facts.write.count(run.n_read)} rows read kept every rule."


def _row(reason: Reason, found: Quarantine, largest: int, facts: Facts) -> list[Cell]:
    write, n_read = facts.write, max(found.run.n_read, 1)
    return [
        cell(reason.rule, bar=reason.n_records / largest, is_wide=True),
        cell(reason.column or _ANYWHERE, is_code=bool(reason.column)),
        write.count(reason.n_records),
        small_rate(reason.n_records / n_read, write),
    ]


def _example(line: int, value: str | None, raw: str, reason: Reason) -> list[Cell]:
    return [
        str(line),
        cell(reason.column or _ANYWHERE, is_code=bool(reason.column), under=reason.rule, is_wide=True),
        cell(_short(value, _LONGEST_VALUE), is_code=True) if value else cell("empty", is_faint=True),
        cell(_short(raw), is_code=True, is_wide=True),
    ]


def _short(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


def _table(facts: Facts) -> Table:
    found = facts.quarantine
    rows = tuple(_cells(reason, found) for reason in found.reasons) if found else ()
    return Table(_COLUMNS, rows)


def _cells(reason: Reason, found: Quarantine) -> tuple[str | float | int | None, ...]:
    first = reason.examples[0] if reason.examples else None
    share = reason.n_records / found.run.n_read if found.run.n_read else None
    example = (first.line, first.value) if first else (None, None)
    return (found.run.run_id, reason.rule, reason.column, reason.n_records, share, *example)


def _summary(facts: Facts) -> str:
    found = facts.quarantine
    if found is None or _clean(facts):
        return _clean(facts) or _NONE_EVER
    told = "; ".join(
        f"{reason.rule} ({reason.column or _ANYWHERE}): {facts.write.count(reason.n_records)}"
        for reason in found.reasons[:3]
    )
    return f"Run {found.run.run_id} refused {counted(found.run.n_quarantined, 'row', facts.write)}: {told}."


QUARANTINE = Sheet(
    "quarantine",
    "Refused rows",
    _blocks,
    _table,
    _summary,
    help="Rows that broke a rule are not loaded; each is kept with its line, column, rule and content. "
    "A row counts under the first rule that it broke.",
)
