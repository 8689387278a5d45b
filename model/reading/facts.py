"""Facts of the data that was learned from."""

from datetime import timedelta

import numpy as np

from analytics.estimate import Estimate, estimate
from config import Config
from model.examples import NO_DAY, Examples
from model.report import DataFacts
from model.scored import Scored
from model.scoring.influence import clustered_wilson, effective_n, ratio_of, variance_of
from semantic.catalog import N_CONVERTED, USER_ID
from semantic.data_hash import data_hash
from semantic.domain import EPOCH
from semantic.query import Query
from semantic.store import Store


def data_facts(store: Store, config: Config, sample: Examples, confidence: float) -> DataFacts:
    """Return what was learned from.

    Parameters
    ----------
    store : Store
        Where it is.
    config : Config
        Its words.
    sample : Examples
        The single sessions that were read.
    confidence : float
        Level of the interval of the base rate.

    Raises
    ------
    StoreError
        Where the database is away.
    """
    snapshot = store.snapshot()
    n_converted = float(store.answer(Query((N_CONVERTED,)))[N_CONVERTED])
    days = sample.day[sample.day != NO_DAY] if sample.day is not None else np.zeros(0, np.int64)
    ends = [(EPOCH + timedelta(days=int(day))).isoformat() for day in (days.min(), days.max())] if len(days) else []
    has_users = any(column.name == USER_ID for column in config.catalog.columns)
    return DataFacts(
        version=snapshot.version,
        hash=data_hash(store),
        origin=snapshot.origin,
        n_sessions=snapshot.n_rows,
        n_converted=round(n_converted),
        n_sampled=sample.n_sessions,
        n_users=len(np.unique(sample.user)) if has_users else 0,
        base_rate=_base_rate(n_converted, snapshot.n_rows, sample, confidence),
        first_day=ends[0] if ends else "",
        last_day=ends[1] if ends else "",
    )


def _base_rate(n_converted: float, n: int, sample: Examples, confidence: float) -> Estimate:
    """Return the conversion rate of all sessions; how much users come back is known from the sample."""
    if not (n and len(sample)):
        return Estimate(None, None, None, n)
    scored = Scored.of(sample, sample.y)
    found = ratio_of(scored, sample.y, np.ones(len(sample)))
    variance, size = np.asarray(variance_of(scored, found.rows)), np.asarray(float(len(sample)))
    independent = effective_n(np.asarray(found.value), np.nan_to_num(variance), size, size) / size
    return estimate(clustered_wilson(np.asarray(n_converted / n), independent * n, confidence), n)
