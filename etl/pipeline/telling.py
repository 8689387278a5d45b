"""How the state of the data is told on a terminal."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from etl.pipeline.status import Status


def show_status(found: Status) -> None:
    """Write the state of the data to standard output, as tables."""
    console = Console(width=None if sys.stdout.isatty() else 200, highlight=False)
    when = datetime.fromtimestamp(found.loaded_at / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
    state = "" if found.is_current else ", of another configuration: run python -m etl load"
    shown = f"version {found.version}: {found.n_rows:,} {found.origin} sessions, loaded {when}{state}"
    console.print(f"{found.database}\n{shown if found.version else 'no data is loaded yet'}")
    names = ("run_id", "command", "status", "n_read", "n_loaded", "n_duplicates", "n_quarantined", "version", "source")
    console.print(_table(names, [[getattr(run, name) for name in names] for run in found.runs]))
    if found.quarantine:
        rows = [[q.column, q.rule, q.n_records] for q in found.quarantine]
        console.print(_table(("column", "rule", "records"), rows))


def _table(names: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    table = Table(*names, box=None, pad_edge=False)
    for row in rows:
        table.add_row(
            *("–" if cell is None else f"{cell:,}" if isinstance(cell, int) else escape(str(cell)) for cell in row)
        )
    return table
