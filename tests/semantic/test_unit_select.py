import numpy as np
import pytest

from semantic.database import engine_for
from semantic.filter import Filter
from semantic.store import Store
from semantic.units import EXPOSURE_DAY, FIRST_DAY, UnitColumn, UnitQuery
from tests.semantic.conftest import add_index, build_cube, publish
from tests.semantic.unit_oracle import oracle, unit_catalog, unit_sessions

COLUMNS = (
    UnitColumn("sessions", "n_sessions"),
    UnitColumn("conversions", "n_converted"),
    UnitColumn("converts", "n_converted", is_any=True),
    UnitColumn("revenue", "sum_revenue"),
    UnitColumn("winsorised", "sum_revenue", cap_quantile=0.95),
    UnitColumn("time", "sum_time_spent_s"),
    UnitColumn("before", "sum_revenue", is_before=True),
)
AXES = [(), ("variant",), ("variant", "device"), ("variant", "age", "day"), (FIRST_DAY, "variant"), (EXPOSURE_DAY,)]
FILTERS = ["", "device=Mobile", "age=20..33&variant=New", "day=2026-02-27..2026-03-05", "location=Nowhere"]
KINDS = [(True, True, False), (True, False, False), (False, True, False)]
IDS = ["users", "without-start", "without-users"]


@pytest.fixture(
    scope="module",
    params=[*KINDS, *((*kind[:2], True) for kind in KINDS)],
    ids=[*IDS, *(f"{name}-index" for name in IDS)],
)
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """Return a store, the sessions that it holds, and who must answer."""
    has_users, has_start, has_index = request.param
    catalog = unit_catalog(has_users=has_users) if has_start else unit_catalog(None, has_users=has_users)
    frame = unit_sessions(2_000, seed=3)
    frame = frame if has_users else frame.drop(columns="user_id")
    url = f"sqlite:///{tmp_path_factory.mktemp('units') / 'store.db'}"
    engine = engine_for(url, read_only=False)
    cube = build_cube(catalog, frame)
    publish(engine, catalog, frame, cube)
    if has_index:
        add_index(engine, catalog, frame, cube)
    return Store(engine, catalog), frame, "index" if has_index else "sql"


@pytest.mark.parametrize("where", FILTERS)
@pytest.mark.parametrize("by", AXES, ids="-".join)
def test_sums_over_units_are_those_of_pandas(asked, by: tuple[str, ...], where: str) -> None:
    store, frame, origin = asked
    query = UnitQuery(COLUMNS, by, Filter.from_query(where))
    answer = store.answer(query)
    wanted = oracle(frame, query, store.catalog, store.snapshot().domains)
    assert answer.origin == origin
    assert (answer.n_crossed, answer.n_without_user) == (wanted.n_crossed, wanted.n_without_user)
    assert answer.caps == pytest.approx(wanted.caps)
    np.testing.assert_array_equal(answer.n, wanted.n)
    np.testing.assert_allclose(answer.totals, wanted.totals, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(answer.products, wanted.products, rtol=1e-9, atol=1e-9)


def test_answers_stand_in_the_order_of_their_questions(asked) -> None:
    store, *_ = asked
    units = UnitQuery(COLUMNS[:1])
    first, second = store.answers([units, UnitQuery(COLUMNS[:1], ("device",))])
    assert (first.by, second.by) == (("variant",), ("device",))
    assert first.members["variant"] == ("Old", "New")
    assert first.version == 1
