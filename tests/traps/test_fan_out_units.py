"""What is known of a user must not multiply the user's sessions, nor sessions the user.

| session | user | variant | day     | spent | what it is                          |
| ------- | ---- | ------- | ------- | ----- | ----------------------------------- |
| a, b    | u1   | Old     | 28 June | 5, 7  | before the experiment began on 1 July |
| c, d, e | u1   | New     | 2 July  | 1 each | one unit, though five sessions       |
| f       | u1   | Old     | 3 July  | 10    | the same user under the other engine |
| g       | u2   | Old     | 2 July  | 20    |                                     |
| h, i    | (no) | Old     | 2 July  | 3, 4  | two units                           |

A join of sessions with the pre-period by user makes 3 x 2 rows of u1 under New: a revenue of 6 and not 3.
"""

import pytest

from semantic.database import engine_for
from semantic.filter import Filter
from semantic.store import Store
from semantic.units import FIRST_DAY, UnitAnswer, UnitColumn, UnitQuery
from tests.etl.project import Project

COLUMNS = (
    UnitColumn("sessions", "n_sessions"),
    UnitColumn("revenue", "sum_revenue"),
    UnitColumn("before", "sum_revenue", is_before=True),
)
SESSIONS = [
    *(("Old", name, "u1", "06-28", spent) for name, spent in (("a", 5), ("b", 7))),
    *(("New", name, "u1", "07-02", 1) for name in "cde"),
    ("Old", "f", "u1", "07-03", 10),
    ("Old", "g", "u2", "07-02", 20),
    *(("Old", name, "", "07-02", spent) for name, spent in (("h", 3), ("i", 4))),
]


@pytest.fixture(autouse=True)
def loaded(project: Project) -> None:
    project.configure(experiment={"started_on": "2026-07-01"}, display={"timezone": "UTC"})
    project.load([f"{v},0,{name},{user},2026-{day} 10:00:00,Delhi,30,10,{m}" for v, name, user, day, m in SESSIONS])


@pytest.fixture(params=["index", "sql"])
def answer(request: pytest.FixtureRequest, project: Project):
    """Return a function that sums over units by some axes, from the row index or by SQL."""

    def units(*by: str, where: str = "") -> UnitAnswer:
        if request.param == "sql":
            with engine_for(project.url, read_only=False).begin() as connection:
                connection.exec_driver_sql("DELETE FROM index_parts")
        store = Store(engine_for(project.url, read_only=True), project.config.catalog)
        found = store.answer(UnitQuery(COLUMNS, by, Filter.from_query(where)))
        store.engine.dispose()
        assert found.origin == request.param
        return found

    return units


def test_sessions_before_the_start_multiply_nothing(answer) -> None:
    found = answer("variant")
    assert found.n.tolist() == [4, 1]
    assert found.totals.tolist() == [[4, 37, 12], [3, 3, 12]]
    assert found.products[1].tolist() == [[9, 9, 36], [9, 9, 36], [36, 36, 144]]


def test_the_first_day_of_a_unit_multiplies_nothing(answer) -> None:
    found = answer(FIRST_DAY, "variant")
    place = {day: number for number, day in enumerate(found.members[FIRST_DAY])}
    assert found.n.sum() == 5
    assert found.totals[place["2026-07-02"]].tolist() == [[3, 27, 0], [3, 3, 12]]
    assert found.totals[place["2026-07-03"]].tolist() == [[1, 10, 12], [0, 0, 0]]


def test_a_user_of_both_variants_is_one_crossed_user(answer) -> None:
    assert answer("variant").n_crossed == 1
    assert answer("variant", where="variant=New").n_crossed == 0
    assert answer().n.item() == 5
