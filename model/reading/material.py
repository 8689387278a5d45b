"""Material: everything that a training reads, from one version of the data."""

from typing import NamedTuple

from config import Config
from model.examples import Examples, Feature
from model.reading.aggregated import read_cells
from model.reading.checking import check_learnable, varying
from model.reading.facts import data_facts
from model.reading.sampled import read_sessions
from model.report import DataFacts
from semantic.data_hash import data_hash
from semantic.errors import StoreError
from semantic.store import Store

_ATTEMPTS = 3


class Material(NamedTuple):
    """What a training reads.

    Attributes
    ----------
    sample, amounts : Examples
        Single sessions, see `Sessions`; features that do not vary are left out of the sample.
    cells : Examples
        All sessions, see `read_cells`; the same features are left out.
    constant : tuple of Feature
        Those features.
    facts : DataFacts
        Of the data.
    """

    sample: Examples
    amounts: Examples
    cells: Examples
    constant: tuple[Feature, ...]
    facts: DataFacts


def read_material(store: Store, config: Config) -> Material:
    """Return what a training reads; where the data is loaded anew meanwhile, it is read again.

    Parameters
    ----------
    store : Store
        Where the data is.
    config : Config
        Its words, how many sessions may be read, and the level of intervals.

    Raises
    ------
    ModelError
        Where nothing can be learned, see `check_learnable`.
    StoreError
        Where the database is away, or the data changes each time.
    """
    for _ in range(_ATTEMPTS):
        before, found = data_hash(store), _read(store, config)
        if found.facts.hash == before:
            return found
    raise StoreError(f"the data was loaded anew {_ATTEMPTS} times while it was read; train once the load has ended")


def _read(store: Store, config: Config) -> Material:
    (every, amounts), cells = read_sessions(store, config), read_cells(store, config)
    check_learnable(every)
    sample, constant = varying(every)
    facts = data_facts(store, config, sample, config.display.confidence)
    return Material(sample, amounts, cells.without(*(feature.name for feature in constant)), constant, facts)
