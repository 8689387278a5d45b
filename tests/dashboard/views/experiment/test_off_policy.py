import pytest

from analytics.off_policy import OffPolicyResult
from dashboard.view import Context, View
from dashboard.views import all_views
from dashboard.views.experiment.off_policy import off_policy_views
from tests.analytics.test_off_policy import valued


@pytest.fixture(scope="module")
def found() -> OffPolicyResult:
    return valued()


@pytest.fixture
def view(context: Context) -> View:
    (made,) = off_policy_views(context)
    return made


def test_each_policy_is_a_row_with_its_gain(view: View, found: OffPolicyResult) -> None:
    said, rows = view.arrays(found, None)["blocks"]
    assert said["text"] == found.headline
    assert [row[0]["text"] for row in rows["rows"]][1:3] == ["New for all", "New for device Mobile, Old elsewhere"]
    assert rows["rows"][0][2] == ""


def test_the_table_holds_all_three_estimators(view: View, found: OffPolicyResult) -> None:
    table = view.table(found)
    assert len(table.rows) == len(found.policies)
    assert {"value", "weighted", "self_normalised", "gain"} <= {column.name for column in table.columns}
    assert view.summary(found) == found.headline


def test_the_card_is_absent_where_no_propensity_is_configured(context: Context) -> None:
    assert "off-policy" not in [view.name for view in all_views(context)]
