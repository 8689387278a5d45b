"""All sessions as weighted rows: one for each cell of what is known on arrival and each outcome."""

import numpy as np
import sqlalchemy as sa

from config import Config
from model.examples import Examples, Feature, Floats
from model.reading.decoding import column_of, decoder_for
from model.reading.features import features_of, with_ranges
from model.reading.indexed import indexed_cells
from model.reading.sampled import read_sample
from model.task import ARRIVAL
from semantic.catalog import CONVERTED
from semantic.snapshot import Snapshot
from semantic.store import Store

_PORTION = 50_000


def read_cells(store: Store, config: Config) -> Examples:
    """Return all sessions by what is known on arrival, gathered.

    Parameters
    ----------
    store : Store
        Where they are.
    config : Config
        The words; where there are more cells than ``model.max_sessions``, since a number has too many values, the
        sample takes the place of all sessions, which ``n_sessions`` shows.

    Raises
    ------
    StoreError
        Where the database is away.
    """
    with store.reading() as (connection, snapshot):
        features = features_of(config, snapshot, ARRIVAL)
        found = indexed_cells(store, connection, snapshot, features)
        found = _cells_by_sql(connection, snapshot, config, features) if found is None else found
    if found is None or len(found) > config.model.max_sessions:
        sample = read_sample(store, config)
        kept = {feature.name for feature in features}
        return with_ranges(sample.without(*(name for name in sample.names if name not in kept)).gathered())
    return with_ranges(weighted(features, found))


def _cells_by_sql(
    connection: sa.Connection, snapshot: Snapshot, config: Config, features: tuple[Feature, ...]
) -> Floats | None:
    """Return sessions, conversions and values of each cell, or None where there are too many cells."""
    columns = [column_of(feature, config, snapshot.table) for feature in features]
    converted = sa.func.sum(snapshot.table.c[CONVERTED])
    select = sa.select(sa.func.count(), converted, *columns).group_by(*columns)
    result = connection.execute(select.execution_options(yield_per=_PORTION))
    decoders = [decoder_for(feature) for feature in features]
    parts: list[Floats] = []
    n_cells = 0
    for rows in result.partitions():
        n, n_converted, *values = zip(*rows, strict=True)
        x = [decode(column) for decode, column in zip(decoders, values, strict=True)]
        parts.append(np.column_stack([np.array(n, float), np.array(n_converted, float), *x]))
        n_cells += len(n)
        if n_cells > config.model.max_sessions:
            result.close()
            return None
    return np.concatenate(parts) if parts else np.zeros((0, 2 + len(features)))


def weighted(features: tuple[Feature, ...], cells: Floats) -> Examples:
    """Return two rows for each cell, converted and not, less those without sessions.

    Parameters
    ----------
    features : tuple of Feature
        Columns of the cells from the third on.
    cells : ndarray of float, shape (n, 2 + k)
        Sessions, conversions, then the values of the features.
    """
    n, n_converted, x = cells[:, 0], cells[:, 1], cells[:, 2:]
    weight = np.concatenate([n_converted, n - n_converted])
    y = np.repeat([1.0, 0.0], len(cells))
    examples = Examples(features, np.concatenate([x, x]), y, weight, np.arange(len(y)))
    return examples.rows(weight > 0).gathered()
