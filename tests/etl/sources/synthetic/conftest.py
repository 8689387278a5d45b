"""A planted and a null log of the default size."""

import pandas as pd
import pytest

from tests.etl.sources.synthetic.draws import drawn


@pytest.fixture(scope="package")
def planted() -> pd.DataFrame:
    """Return the default log."""
    return drawn("planted")


@pytest.fixture(scope="package")
def null() -> pd.DataFrame:
    """Return a log without any effect."""
    return drawn("null")
