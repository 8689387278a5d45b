import json
import zlib

import numpy as np
import pandas as pd
import pytest

from semantic.build import CubeBuilder
from semantic.catalog import Catalog
from semantic.exact_values import ValueCode
from semantic.index_build import IndexBuilder
from semantic.user_order import ALONE
from tests.semantic.unit_oracle import unit_catalog, unit_sessions


@pytest.fixture
def builder(catalog: Catalog):
    with CubeBuilder(catalog, 64, index=IndexBuilder(catalog)) as builder:
        yield builder


def arrays_of(builder: CubeBuilder) -> dict[str, np.ndarray]:
    packed: dict[str, bytes] = {}
    for name, _, payload in builder.index().pieces():
        packed[name] = packed.get(name, b"") + payload
    shapes = json.loads(packed.pop("head"))
    return {name: np.frombuffer(zlib.decompress(p), shapes[name][0]) for name, p in packed.items()}


def test_each_session_has_a_code_in_each_column(builder: CubeBuilder, sessions: pd.DataFrame) -> None:
    builder.add(sessions[:2000], row_ids=np.arange(2000))
    builder.add(sessions[2000:], row_ids=np.arange(2000, 3000))
    arrays, members = arrays_of(builder), np.array(builder.domains()["device"].members)
    assert members[arrays["codes.device"]].tolist() == sessions.device.tolist()
    assert {name.removeprefix("codes.") for name in arrays if name.startswith("codes.")} == {
        *(
            "variant",
            "converted",
            "started_at",
            "day",
            "device",
            "location",
            "age",
            "time_spent_s",
            "revenue",
            "propensity",
        )
    }


def test_rows_that_are_taken_out_leave_a_gap_in_the_keys(builder: CubeBuilder, sessions: pd.DataFrame) -> None:
    builder.add(sessions, row_ids=np.arange(10, 3010))
    builder.rows.forget(np.array([12, 13]))
    arrays = arrays_of(builder)
    assert arrays["runs"].reshape(-1, 2).tolist() == [[0, 10], [2, 14]]
    assert len(arrays["codes.device"]) == 2998


def test_keys_out_of_order_have_no_index(builder: CubeBuilder, sessions: pd.DataFrame) -> None:
    builder.add(sessions[:10], row_ids=np.arange(10)[::-1].copy())
    assert builder.index() is None


def test_without_rows_there_is_no_index(builder: CubeBuilder) -> None:
    assert builder.index() is None


def test_exact_values_and_the_order_of_users_are_kept() -> None:
    frame = unit_sessions(3_000, seed=2)
    with CubeBuilder(unit_catalog(), 64, index=IndexBuilder(unit_catalog())) as users:
        for first in (0, 1_000, 2_000):
            users.add(frame[first : first + 1_000], row_ids=np.arange(first, first + 1_000))
        users.rows.forget(np.array([5, 6]))
        arrays, kept = arrays_of(users), frame.drop([5, 6])
    code = ValueCode.from_array(arrays["scales.time_spent_s"])
    np.testing.assert_array_equal(code.decode(arrays["values.time_spent_s"]), kept.time_spent_s)
    assert sorted(arrays["users.order"]) == [*range(2_998)]
    starts = arrays["users.starts"]
    assert [int((starts == each).sum()) for each in (1, ALONE)] == [kept.user_id.nunique(), kept.user_id.isna().sum()]
