"""Which engine for whom: the effect of an engine by visitor, and whether knowing it is worth anything."""

from model.uplift.measure import measure_uplift
from model.uplift.options import UpliftOptions

__all__ = ["UpliftOptions", "measure_uplift"]
