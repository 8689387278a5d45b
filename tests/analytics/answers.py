"""Answers and catalogs written by hand, so that a test shows all that goes in."""

from collections.abc import Mapping, Sequence

import numpy as np

from config.spec import FieldSpec
from config.words import build_catalog, complete_fields
from semantic.catalog import Catalog
from semantic.query import Answer


def catalog_of(*names: str, control: str = "Old") -> Catalog:
    """Return the words of a data set with the variant, the outcome and the named fields of the product."""
    fields = {name: FieldSpec(column=name) for name in ("variant", "converted", *names)}
    return build_catalog(complete_fields(fields), control=control, currency="₹")


def answer_of(members: Mapping[str, Sequence[str]], **sums: object) -> Answer:
    """Return an answer over these axes."""
    arrays = {name: np.asarray(values, dtype=np.float64) for name, values in sums.items()}
    axes = {name: tuple(labels) for name, labels in members.items()}
    return Answer(tuple(axes), axes, arrays, version=1, origin="cube")
