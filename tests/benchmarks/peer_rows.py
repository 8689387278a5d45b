"""The loaded sessions for the browser peers: a parquet file of compact columns, members as categories."""

from pathlib import Path

import adbc_driver_sqlite.dbapi as sqlite
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from config import Config
from semantic.catalog import DAY
from semantic.store import Store

AMOUNTS = {"converted": pa.int8(), "revenue": pa.float32(), "time_spent_s": pa.float32(), "pages_viewed": pa.int8()}
MEMBERS = ("variant", "device", "location", "category", "gender", "age", DAY)
_BATCH = 200_000


def write_rows(database: Path, target: Path, config: Config, store: Store) -> None:
    """Write the sessions of a loaded database.

    Parameters
    ----------
    database, target : Path
        The SQLite file, and the parquet file to be.
    config : Config
        Whose bands of age are used.
    store : Store
        Over the database; it knows the members in their order.
    """
    snapshot = store.snapshot()
    members = {name: list(snapshot.domains[name].members) for name in MEMBERS}
    edges = [-float("inf"), *config.catalog.dimension("age").edges, float("inf")]
    with sqlite.connect(str(database)) as connection, connection.cursor() as cursor:
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": str(_BATCH)})
        cursor.execute(f"SELECT {', '.join([*MEMBERS, *AMOUNTS])} FROM sessions_1")
        writer = None
        for batch in cursor.fetch_record_batch():
            frame = batch.to_pandas()
            frame["age"] = pd.cut(frame["age"], edges, right=False, labels=members["age"])
            for name in MEMBERS:
                frame[name] = pd.Categorical(frame[name], categories=members[name])
            table = _compact(pa.Table.from_pandas(frame, preserve_index=False))
            writer = writer or pq.ParquetWriter(target, table.schema)
            writer.write_table(table)
        if writer:
            writer.close()


def _compact(table: pa.Table) -> pa.Table:
    types = {field.name: AMOUNTS.get(field.name, field.type) for field in table.schema}
    return table.cast(pa.schema(types.items(), metadata=table.schema.metadata))
