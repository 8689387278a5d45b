import pytest

from analytics.methods import MethodsResult
from dashboard.view import Context
from dashboard.views.experiment.methods import other_methods_views
from tests.analytics.test_methods import by_methods


@pytest.fixture(scope="module")
def compared() -> MethodsResult:
    return by_methods()


def test_the_one_that_decides_is_marked(context: Context, compared: MethodsResult) -> None:
    (view,) = other_methods_views(context)
    rows = view.arrays(compared, None)["blocks"][0]["rows"]
    assert rows[0][0]["text"] == "Always valid"
    assert [row[0]["under"].startswith("decides") for row in rows] == [True] + [False] * (len(rows) - 1)
    assert "interval" in rows[0][3]


def test_it_is_said_that_only_one_decides(context: Context, compared: MethodsResult) -> None:
    (view,) = other_methods_views(context)
    _, only, how = view.arrays(compared, None)["blocks"]
    assert "Only the marked one decides" in only["text"]
    assert "design effect" in how["text"]


def test_each_engine_has_all_methods(context: Context) -> None:
    (view,) = other_methods_views(context)
    result = by_methods(n=(900, 900, 900), lifts=(1, 1, 1))
    assert len(view.table(result).rows) == 2 * len(result.treatments[0].methods)
    assert view.arrays(result, None)["blocks"][0]["columns"][0]["label"] == "Engine"


def test_an_empty_selection_is_one_sentence(context: Context) -> None:
    (view,) = other_methods_views(context)
    nothing = by_methods(n=(0, 0))
    assert view.summary(nothing) == "No sessions match this selection."
    assert len(view.arrays(nothing, None)["blocks"]) == 1
