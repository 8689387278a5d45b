"""Single sessions: all of them, or those of whole users picked by a hash, so that memory stays within bounds."""

import zlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from config import Config
from model.examples import Examples, Feature, Floats, Whole
from model.reading.decoding import column_of, days_of, decoder_for
from model.reading.features import features_of, with_ranges
from model.task import RETROSPECTIVE
from semantic.catalog import CONVERTED, DAY, USER_ID
from semantic.schema import ROW_ID
from semantic.snapshot import Snapshot
from semantic.store import Store

_PORTION = 2_000
_HASHES = 2**32
_SPARE = 1.05
"""How much more than its share is read, since users have different numbers of sessions."""

Hashes = npt.NDArray[np.uint32]


class Sessions(NamedTuple):
    """Single sessions, twice.

    Attributes
    ----------
    sample : Examples
        With all features.
    amounts : Examples
        The same rows with the amounts, such as revenue, for features: no model learns from them.
    """

    sample: Examples
    amounts: Examples


def read_sample(store: Store, config: Config) -> Examples:
    """Return single sessions with all features; see `read_sessions`."""
    return read_sessions(store, config).sample


def read_sessions(store: Store, config: Config) -> Sessions:
    """Return single sessions with all features and with all amounts, in the order in which they were loaded.

    Parameters
    ----------
    store : Store
        Where they are.
    config : Config
        The words; of more sessions than ``model.max_sessions``, those of the users whose CRC-32 is smallest are read,
        as many as fit.

    Raises
    ------
    StoreError
        Where the database is away.
    """
    specs = {name: spec for name, spec in config.fields.items() if spec.kind == "amount"}
    amounts = tuple(Feature(name, spec.label, "number", unit=spec.unit) for name, spec in specs.items())
    with store.reading() as (connection, snapshot):
        features = features_of(config, snapshot, RETROSPECTIVE)
        examples = _read(connection, snapshot, config, (*features, *amounts))
    return Sessions(examples.without(*specs), examples.without(*(feature.name for feature in features)))


class _Portion(NamedTuple):
    x: Floats
    y: Floats
    day: Whole
    user: Whole
    hashes: Hashes


class _Users:
    """Numbers of users in order of arrival; a session whose user is not known is a user of its own."""

    def __init__(self) -> None:
        self._code_of: dict[str, int] = {}

    def codes(self, users: Sequence[str | None], row_ids: Sequence[int]) -> Whole:
        code_of = self._code_of
        keys = (f"\0{row}" if user is None else user for user, row in zip(users, row_ids, strict=True))
        return np.fromiter((code_of.setdefault(key, len(code_of)) for key in keys), np.int64, len(users))


def _read(connection: sa.Connection, snapshot: Snapshot, config: Config, features: tuple[Feature, ...]) -> Examples:
    most = config.model.max_sessions
    bound = None if snapshot.n_rows <= most else min(int(_HASHES * _SPARE * most / snapshot.n_rows), _HASHES)
    portions = list(_portions(connection, snapshot, config, features, bound))
    if not portions:
        return Examples(features, np.zeros((0, len(features))), np.zeros(0), np.zeros(0), np.zeros(0, np.int64))
    x, y, day, user, hashes = (np.concatenate(parts) for parts in zip(*portions, strict=True))
    has_day = DAY in snapshot.table.c
    examples = Examples(features, x, y, np.ones(len(y)), user, day if has_day else None)
    if len(y) > most:
        cut = np.partition(hashes, most)[most]
        examples = examples.rows(hashes < cut if (hashes < cut).any() else hashes == cut)
    return with_ranges(examples)


def _portions(
    connection: sa.Connection, snapshot: Snapshot, config: Config, features: tuple[Feature, ...], bound: int | None
) -> Iterator[_Portion]:
    table, decoders, users = snapshot.table, [decoder_for(feature) for feature in features], _Users()
    day = sa.type_coerce(table.c[DAY], sa.String) if DAY in table.c else sa.null()
    user = table.c[USER_ID] if USER_ID in table.c else sa.null()
    columns = [column_of(feature, config, table) for feature in features]
    select = sa.select(table.c[ROW_ID], user, table.c[CONVERTED], day, *columns).order_by(table.c[ROW_ID])
    if bound is not None:
        select = select.where(_hash(connection, table) < bound)
    for rows in connection.execute(select.execution_options(yield_per=_PORTION)).partitions():
        row_ids, ids, converted, days, *values = zip(*rows, strict=True)
        x = [decode(column) for decode, column in zip(decoders, values, strict=True)]
        hashes = _hashes(ids, row_ids) if bound is not None else np.zeros(len(ids), np.uint32)
        numbers = np.column_stack(x) if x else np.zeros((len(ids), 0))
        yield _Portion(numbers, np.array(converted, float), days_of(days), users.codes(ids, row_ids), hashes)


def _hash(connection: sa.Connection, table: sa.Table) -> sa.ColumnElement[Any]:
    """Return the CRC-32 of a session's user, in SQL; SQLite is taught it."""
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.create_function("crc32", 1, _crc, deterministic=True)
    row_id = sa.cast(table.c[ROW_ID], sa.String(20))
    return sa.func.crc32(sa.func.coalesce(table.c[USER_ID], row_id) if USER_ID in table.c else row_id)


def _hashes(users: Sequence[str | None], row_ids: Sequence[int]) -> Hashes:
    keys = (user or str(row) for user, row in zip(users, row_ids, strict=True))
    return np.fromiter(map(_crc, keys), np.uint32, len(users))


def _crc(text: str) -> int:
    return zlib.crc32(text.encode())
