"""Runs: every load and append, the newest first, with what became of its rows and why it failed."""

from dashboard.sheets.blocks import NOTHING, Block, Cell, cell, paragraph, rows_of
from dashboard.sheets.clock import duration, iso
from dashboard.sheets.facts import Facts
from dashboard.sheets.quarantine import DOWNLOAD
from dashboard.sheets.sheet import Sheet
from dashboard.sheets.words import STATUSES, counted, source
from dashboard.table import Column, Table
from semantic.provenance import N_RUNS, Run

_HEADS = ("Run", "Started", "Status", "#Read", "#Loaded", "#Duplicates", "#Refused", "#Took", "Source")
_COLUMNS = (
    Column("run", "Run", "count", "Its number; later runs have higher ones."),
    Column("command", "Command"),
    Column("source", "Source"),
    Column("status", "Status"),
    Column("started_at", "Started", "text", "UTC."),
    Column("finished_at", "Finished", "text", "UTC; empty while it runs."),
    Column("read", "Read", "count", "Rows read; of a run that succeeded the sum of the next three."),
    Column("loaded", "Loaded", "count", "Rows that became sessions."),
    Column("duplicates", "Duplicates", "count", "Rows equal to an earlier one."),
    Column("refused", "Refused", "count", "Rows that broke a rule."),
    Column("version", "Version", "count", "Of the data after it; empty where it did not succeed."),
    Column("message", "Message", "text", "Why it failed, or what it noticed."),
)


def _blocks(facts: Facts) -> list[Block]:
    if not facts.runs:
        return [paragraph("No run is on record in this database.", "quiet")]
    return [rows_of("Runs", _HEADS, [_row(run, facts) for run in facts.runs])]


def _row(run: Run, facts: Facts) -> list[Cell]:
    write, (status, mark) = facts.write, STATUSES.get(run.status, (run.status, "wait"))
    took = duration(run.finished_at - run.started_at, write) if run.finished_at else NOTHING
    is_shown = run.run_id == facts.context.snapshot.run_id
    return [
        cell(str(run.run_id), under="shown here" if is_shown else ""),
        cell(facts.clock.moment(run.started_at), under=run.command),
        cell(status, mark=mark),
        *(write.count(n) for n in (run.n_read, run.n_loaded, run.n_duplicates)),
        _refused(run, facts),
        took,
        cell(source(run, write), under=run.message, is_wide=True),
    ]


def _refused(run: Run, facts: Facts) -> Cell:
    text = facts.write.count(run.n_quarantined)
    tip = "Download the rows that this run refused"
    return cell(text, href=f"{DOWNLOAD}?run={run.run_id}", tip=tip) if run.n_quarantined else text


def _table(facts: Facts) -> Table:
    return Table(
        _COLUMNS,
        tuple(
            (
                run.run_id,
                run.command,
                run.source,
                run.status,
                iso(run.started_at),
                iso(run.finished_at) if run.finished_at else None,
                run.n_read,
                run.n_loaded,
                run.n_duplicates,
                run.n_quarantined,
                run.version,
                run.message,
            )
            for run in facts.runs
        ),
    )


def _summary(facts: Facts) -> str:
    if not facts.runs:
        return "No run is on record."
    n_failed = sum(run.status in ("failed", "interrupted") for run in facts.runs)
    failed = counted(n_failed, "run", facts.write) if n_failed else "none of them"
    return f"{counted(len(facts.runs), 'run', facts.write)}, newest first; {failed} failed or interrupted."


RUNS = Sheet("runs", "Runs", _blocks, _table, _summary, note=f"the newest {N_RUNS}, newest first")
