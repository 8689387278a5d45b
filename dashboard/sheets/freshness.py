"""Freshness: up to when the data goes, when it was loaded, which version it is, and where it lies."""

from dashboard.format import NO_BREAK
from dashboard.sheets.blocks import NOTHING, Block, Cell, cell, listing
from dashboard.sheets.clock import iso
from dashboard.sheets.facts import Facts
from dashboard.sheets.sheet import Sheet
from dashboard.sheets.words import counted, share, source
from dashboard.table import Column, Table

DATABASES = {"sqlite": "SQLite", "mysql": "MySQL or MariaDB", "mariadb": "MariaDB", "postgresql": "PostgreSQL"}
ORIGINS = {"observed": "Sessions that happened", "simulated": "Simulated, made by a generator"}


def _rows(facts: Facts) -> list[tuple[str, Cell]]:
    snapshot, write = facts.context.snapshot, facts.write
    megabytes = f"{write.fixed(snapshot.cube.n_bytes / 2**20, 1)}{NO_BREAK}MB"
    sums = counted(len(snapshot.cube.cuboids), "table", write)
    return [
        ("Data as of", facts.last_day or NOTHING),
        ("Loaded at", facts.clock.moment(snapshot.loaded_at)),
        ("Looked for newer data", cell("just now", is_looked=True)),
        ("Version", f"{snapshot.version}{f', made by run {facts.made_by.run_id}' if facts.made_by else ''}"),
        ("Sessions", write.count(snapshot.n_rows)),
        ("With a missing value", _incomplete(facts)),
        ("Origin", ORIGINS.get(snapshot.origin, snapshot.origin)),
        ("Source", source(facts.made_by, write) if facts.made_by else NOTHING),
        ("Database", DATABASES.get(facts.database, facts.database)),
        ("Sums kept ready", cell(megabytes, under=f"in {sums}")),
    ]


def _incomplete(facts: Facts) -> Cell:
    profile = facts.profile
    if profile is None:
        return "not counted for this version"
    if not profile.n_incomplete:
        return "none"
    return cell(facts.write.count(profile.n_incomplete), under=share(profile.incomplete, facts.write))


def _table(facts: Facts) -> Table:
    snapshot, days = facts.context.snapshot, facts.context.snapshot.domains.get("day")
    known = days.members[: days.n_present] if days else ()
    rows = [
        ("data_as_of", known[-1] if known else ""),
        ("loaded_at", iso(snapshot.loaded_at)),
        ("version", str(snapshot.version)),
        ("run", str(snapshot.run_id)),
        ("sessions", str(snapshot.n_rows)),
        ("sessions_with_a_missing_value", str(facts.profile.n_incomplete) if facts.profile else ""),
        ("origin", snapshot.origin),
        ("source", facts.made_by.source if facts.made_by else ""),
        ("database", facts.database),
        ("cube_bytes", str(snapshot.cube.n_bytes)),
    ]
    return Table((Column("name", "Name"), Column("value", "Value")), tuple(rows))


def _summary(facts: Facts) -> str:
    snapshot = facts.context.snapshot
    as_of = f"up to {facts.last_day}, " if facts.last_day else ""
    return (
        f"Version {snapshot.version}: {counted(snapshot.n_rows, 'session', facts.write)} {as_of}"
        f"loaded {facts.clock.moment(snapshot.loaded_at)}."
    )


def _blocks(facts: Facts) -> list[Block]:
    return [listing(_rows(facts))]


FRESHNESS = Sheet("freshness", "Freshness", _blocks, _table, _summary, width=6)
