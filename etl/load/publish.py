"""Publishing: the one transaction that makes a version visible."""

import json
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from etl.load.runs import Outcome, finish_run, now_ms, point_view
from semantic.catalog import Catalog
from semantic.index_file import IndexFile
from semantic.profile import Profile
from semantic.query import Domains
from semantic.schema import CUBE_PARTS, INDEX_PARTS, PROFILES, SNAPSHOTS

PART_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Version:
    """What is published.

    Attributes
    ----------
    table_name : str
        Where the sessions are.
    n_rows : int
        How many there are.
    origin : {"observed", "simulated"}
        Whether they happened.
    domains : mapping of str to Domain
        Their members.
    cube : bytes
        Their sums, packed.
    profile : Profile
        What is missing in them, and how often their users came.
    index : IndexFile or None
        Their row index; without one, pages of sessions are read by SQL alone.
    """

    table_name: str
    n_rows: int
    origin: Literal["observed", "simulated"]
    domains: Domains
    cube: bytes
    profile: Profile
    index: IndexFile | None = None


def publish(connection: sa.Connection, version: Version, catalog: Catalog, outcome: Outcome) -> None:
    """Make a version visible, its run succeeded and its cube stored, all at once.

    Parameters
    ----------
    connection : Connection
        To the database; what it has not committed yet becomes visible too.
    version : Version
        What is published, under the number that the outcome holds.
    catalog : Catalog
        The words of the data.
    outcome : Outcome
        What the run did.
    """
    starts = range(0, len(version.cube), PART_BYTES)
    parts = [
        {"version": outcome.version, "part": i, "payload": version.cube[s : s + PART_BYTES]}
        for i, s in enumerate(starts)
    ]
    connection.execute(sa.insert(CUBE_PARTS), parts)
    profile = {"version": outcome.version, "payload": json.dumps(version.profile.to_json())}
    connection.execute(sa.insert(PROFILES).values(profile))
    for name, part, payload in version.index.pieces() if version.index else ():
        row = {"version": outcome.version, "name": name, "part": part, "payload": payload}
        connection.execute(sa.insert(INDEX_PARTS), row)
    snapshot = {
        "version": outcome.version,
        "run_id": outcome.run_id,
        "table_name": version.table_name,
        "loaded_at": now_ms(),
        "n_rows": version.n_rows,
        "origin": version.origin,
        "catalog_hash": catalog.fingerprint,
        "domains": json.dumps({name: domain.to_json() for name, domain in version.domains.items()}),
    }
    connection.execute(sa.insert(SNAPSHOTS).values(snapshot))
    finish_run(connection, outcome)
    if connection.dialect.name != "sqlite":  # MySQL commits before it changes a view
        connection.commit()
    point_view(connection, version.table_name)
    connection.commit()
