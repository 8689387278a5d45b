"""Reading: sessions of the store as examples, and the facts of what was read."""

from model.reading.aggregated import read_cells
from model.reading.checking import check_known, check_learnable, constants_sentence, varying
from model.reading.facts import data_facts
from model.reading.features import features_of
from model.reading.material import Material, read_material
from model.reading.sampled import Sessions, read_sample, read_sessions

__all__ = [
    "Material",
    "Sessions",
    "check_known",
    "check_learnable",
    "constants_sentence",
    "data_facts",
    "features_of",
    "read_cells",
    "read_material",
    "read_sample",
    "read_sessions",
    "varying",
]
