"""Reading: sessions of the store as examples, and the facts of what was read."""

from model.reading.aggregated import read_cells
from model.reading.checking import check_learnable, varying
from model.reading.facts import data_facts, data_hash
from model.reading.features import features_of
from model.reading.sampled import read_amounts, read_sample

__all__ = [
    "check_learnable",
    "data_facts",
    "data_hash",
    "features_of",
    "read_amounts",
    "read_cells",
    "read_sample",
    "varying",
]
