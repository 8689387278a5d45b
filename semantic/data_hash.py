"""The hash by which data is known again, wherever it was loaded."""

import hashlib

import sqlalchemy as sa

from semantic.schema import RUNS
from semantic.snapshot import Snapshot
from semantic.store import Store


def data_hash(store: Store) -> str:
    """Return the SHA-256 of what the rows follow from: equal where the same source was loaded again.

    Parameters
    ----------
    store : Store
        Where the rows are.

    Notes
    -----
    Of source and cleaning of each run since the last load, of the catalog, and of the number of rows. Where a source
    could not be hashed, the moment of loading stands for it, so that no two loads are taken for equal.
    """
    with store.reading() as (connection, snapshot):
        runs = _sources(connection, snapshot)
        parts = (runs or [("", str(snapshot.loaded_at))], store.catalog.fingerprint, snapshot.n_rows)
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def _sources(connection: sa.Connection, snapshot: Snapshot) -> list[tuple[str, str]]:
    """Return source and policy of the load that the version began with, then of what was appended."""
    runs = RUNS.c
    made = sa.and_(runs.run_id <= snapshot.run_id, runs.status == "succeeded")
    if not sa.inspect(connection).has_table(RUNS.name):
        return []
    first = sa.select(sa.func.max(runs.run_id)).where(made, runs.command == "load").scalar_subquery()
    select = sa.select(runs.source_hash, runs.policy_hash, runs.finished_at).where(made, runs.run_id >= first)
    rows = connection.execute(select.order_by(runs.run_id))
    return [(row.source_hash or str(row.finished_at), row.policy_hash) for row in rows]
