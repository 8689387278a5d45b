"""The headline of the data page: how much data there is, up to when, and what became of the rows read."""

from dashboard.sheets.blocks import Block, paragraph
from dashboard.sheets.facts import Facts
from dashboard.sheets.sheet import Sheet
from dashboard.sheets.words import counted, share
from dashboard.table import Column, Table
from semantic.provenance import Run


def headline(facts: Facts) -> str:
    """Return how many sessions there are, up to when, and how many of the rows read were refused."""
    snapshot = facts.context.snapshot
    simulated = "Simulated data: " if snapshot.origin == "simulated" else ""
    until = f" up to {facts.last_day}" if facts.last_day else ""
    return f"{simulated}{counted(snapshot.n_rows, 'session', facts.write)}{until}{_became(facts)}."


def _became(facts: Facts) -> str:
    run, write = facts.made_by, facts.write
    if run is None:
        return ""
    read = f"rows read{' by the last append' if run.command == 'append' else ''}"
    if run.n_loaded == run.n_read:
        return f"; all {write.count(run.n_read)} {read} were loaded" if run.n_read else f"; no {read}"
    doubled = "was a duplicate" if run.n_duplicates == 1 else "were duplicates"
    dropped = f"{write.count(run.n_duplicates)} {doubled}" if run.n_duplicates else ""
    return f"; of {write.count(run.n_read)} {read}, {' and '.join(filter(None, (dropped, _refused(run, facts))))}"


def _refused(run: Run, facts: Facts) -> str:
    if not run.n_quarantined:
        return "none was refused"
    reasons = facts.quarantine.reasons if facts.quarantine and facts.quarantine.run.run_id == run.run_id else ()
    rules = f" by {counted(len({reason.rule for reason in reasons}), 'rule', facts.write)}" if reasons else ""
    return f"{facts.write.count(run.n_quarantined)} {_were(run.n_quarantined)} refused{rules}"


def _were(n: int) -> str:
    return "was" if n == 1 else "were"


def summary(facts: Facts) -> str:
    """Return when the data was loaded, what is missing in it, and whether a later run failed."""
    by = f" by run {facts.made_by.run_id}" if facts.made_by else ""
    told = [f"Loaded {facts.clock.moment(facts.context.snapshot.loaded_at)}{by}", *_missing(facts)]
    if facts.broken:
        told.append(
            f"A later run, {facts.broken.run_id}, {facts.broken.status.replace('inter', 'was inter')}; "
            "what is shown is the data before it"
        )
    if facts.unread:
        told.append(f"Runs and refused rows cannot be read now: {facts.unread}")
    return f"{'. '.join(told)}."


def _missing(facts: Facts) -> list[str]:
    profile, write = facts.profile, facts.write
    if profile is None:
        return []
    if not profile.n_incomplete:
        return ["No session lacks a value"]
    lack = "lacks" if profile.n_incomplete == 1 else "lack"
    return [
        f"{counted(profile.n_incomplete, 'session', write)} of {write.count(profile.n_sessions)} {lack} at least "
        f"one value: {share(profile.incomplete, write)}"
    ]


def _table(facts: Facts) -> Table:
    columns = (Column("about", "About"), Column("says", "Says"))
    return Table(columns, (("headline", headline(facts)), ("summary", summary(facts))))


def _blocks(facts: Facts) -> list[Block]:
    return [paragraph(headline(facts)), paragraph(summary(facts))]


HEADLINE = Sheet("data-headline", "The data in one sentence", _blocks, _table, headline, painter="sheet-headline")
