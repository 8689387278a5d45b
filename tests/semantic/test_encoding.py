import numpy as np
import pandas as pd
import pytest

from semantic.catalog import MISSING, Dimension, Kind
from semantic.encoding import encoder_for

KINDS: dict[Kind, tuple[list[object], tuple[str, ...]]] = {
    "category": (["b", None, "a", "b"], ("b", "a", MISSING)),
    "time": (["2026-01-03", None, "2026-01-01", "2026-01-03"], ("2026-01-01", "2026-01-02", "2026-01-03", MISSING)),
    "band": ([5.0, np.nan, 20.0, 5.0], ("under 10", "10 and over", MISSING)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_value_falls_on_its_member(kind: Kind) -> None:
    values, members = KINDS[kind]
    dimension = Dimension("d", "D", "d", kind, edges=(10.0,) if kind == "band" else ())
    encoder = encoder_for(dimension, None)
    codes = encoder.encode(pd.Series(values, dtype=float if kind == "band" else object))
    domain = encoder.domain()
    assert domain.members == members
    found = [domain.members[place] for place in encoder.places(codes, domain)]
    assert found[1] == MISSING
    assert found[0] == found[3] != found[2]


def test_unused_categories_of_a_batch_do_not_become_members() -> None:
    encoder = encoder_for(Dimension("d", "D", "d", "category"), None)
    encoder.encode(pd.Series(pd.Categorical(["a"], categories=["a", "never"])))
    assert encoder.domain().members == ("a",)


def test_whole_numbers_are_told_from_fractions_over_all_batches() -> None:
    encoder = encoder_for(Dimension("d", "D", "d", "band", edges=(10.0, 20.0)), None)
    encoder.encode(pd.Series([12.0]))
    assert encoder.domain().members[1] == "10–19"
    encoder.encode(pd.Series([12.5]))
    assert encoder.domain().members[1] == "10–20"
