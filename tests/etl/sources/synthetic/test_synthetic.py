"""SyntheticSource: a source like any other, marked as simulated."""

import itertools

import pytest

from etl.sources.synthetic import SyntheticSource
from etl.sources.synthetic.drawing import Profile
from tests.etl.sources.synthetic.draws import ELEVEN, PROFILES, drawn


@pytest.mark.parametrize("profile", PROFILES)
def test_the_columns_are_the_source_projects_then_time_and_revenue(profile: Profile) -> None:
    source = SyntheticSource(profile, 10)
    (batch,) = source.batches()
    assert source.columns() == tuple(batch.table.column_names) == (*ELEVEN, "Started_At", "Revenue")


@pytest.mark.parametrize("profile", PROFILES)
def test_rows_are_numbered_through_blocks_and_sessions_are_unique(profile: Profile) -> None:
    source = SyntheticSource(profile, 140_000)
    batches = list(source.batches())
    assert [n for batch in batches for n in batch.lines.tolist()] == list(range(1, 140_001))
    assert batches[-1].done == source.size
    assert drawn(profile, 140_000)["Session_ID"].is_unique


def test_fingerprints_differ_where_the_sessions_do() -> None:
    sources = [SyntheticSource(*arguments) for arguments in itertools.product(PROFILES, (10, 20), (1, 2))]
    assert len({source.fingerprint() for source in sources}) == 12
    assert {source.origin for source in sources} == {"simulated"}


def test_memory_does_not_grow_with_the_number_of_sessions() -> None:
    first = next(SyntheticSource("planted", 50_000_000).batches())
    assert first.table.num_rows == 65_536
    assert first.table.column("User_ID")[0].as_py().startswith("U")
