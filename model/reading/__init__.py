"""Reading: sessions of the store as examples, and the facts of what was read."""

from model.reading.aggregated import read_cells
from model.reading.checking import check_learnable, constants_sentence, varying
from model.reading.facts import data_facts, data_hash
from model.reading.features import features_of
from model.reading.sampled import Sessions, read_sample, read_sessions

__all__ = [
    "Sessions",
    "check_learnable",
    "constants_sentence",
    "data_facts",
    "data_hash",
    "features_of",
    "read_cells",
    "read_sample",
    "read_sessions",
    "varying",
]
