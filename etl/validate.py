"""Validation: whether cleaned columns keep the bounds of the configuration, by pandera, a batch at a time."""

from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pandera
from pandera.errors import SchemaErrors

from config import Config, FieldSpec
from etl.clean import Fault
from semantic.catalog import CONVERTED, SESSION_ID, VARIANT

_NEEDED = (SESSION_ID, VARIANT, CONVERTED)
_PRESENT = "must not be empty"


class Validator:
    """Checks batches against the schema that the configuration implies.

    Parameters
    ----------
    config : Config
        Its fields say which cells may be empty and which values are possible.
    """

    def __init__(self, config: Config) -> None:
        self._column_of = {name: spec.column for name, spec in config.fields.items()}
        checks = {name: _checks(name, spec) for name, spec in config.fields.items()}
        columns = {name: pandera.Column(checks=found, nullable=True) for name, found in checks.items() if found}
        self._schema = pandera.DataFrameSchema(columns)

    def faults(self, frame: pd.DataFrame) -> list[Fault]:
        """Return the rules that rows of a frame break, in the order of the fields."""
        try:
            self._schema.validate(frame[list(self._schema.columns)], lazy=True, inplace=True)
        except SchemaErrors as error:
            return [self._fault(found, len(frame)) for found in error.schema_errors]
        return []

    def _fault(self, found: Any, n_rows: int) -> Fault:
        passed = found.check_output  # without the rows whose cell is missing
        mask = np.zeros(n_rows, dtype=bool)
        mask[passed.index[~passed.to_numpy(bool)]] = True
        return Fault(self._column_of[found.schema.name], str(found.check.name), mask)


def _checks(name: str, spec: FieldSpec) -> list[pandera.Check]:
    checks = []
    if spec.missing == "quarantine" or name in _NEEDED:
        checks.append(pandera.Check(lambda values: values.notna(), name=_PRESENT, ignore_na=False))
    if spec.above is not None:
        checks.append(pandera.Check.gt(spec.above, name=f"must be above {spec.above:.10g}"))
    if spec.minimum is not None:
        checks.append(pandera.Check.ge(spec.minimum, name=f"must be at least {spec.minimum:.10g}"))
    if spec.maximum is not None:
        checks.append(pandera.Check.le(spec.maximum, name=f"must be at most {spec.maximum:.10g}"))
    return checks
