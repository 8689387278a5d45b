"""A view asks for its numbers without its own filter."""

from analytics.estimate import Estimate
from analytics.kpi import KPI
from config import Config
from dashboard.baseline import Baseline
from dashboard.dial import Dial
from dashboard.view import Choice, Context, View
from semantic.filter import EVERYTHING, Filter
from semantic.store import Store

WHERE = Filter.from_query("device=Mobile&gender=Other")


def view(**changes: object) -> View:
    """Return a view on devices."""
    given = {"name": "x", "title": "X", "page": "overview", "analysis": KPI, "dimensions": ("device",)}
    given |= {"painter": "dots", "arrays": lambda result, ghost: {}, "table": None, "summary": str}
    return View(**given | changes)  # type: ignore[arg-type]


def test_a_view_never_filters_itself() -> None:
    assert [r.where for r in view().requests(WHERE)] == [Filter.from_query("gender=Other")]


def test_a_view_without_a_title_is_called_after_its_analysis() -> None:
    assert [view(title=title).label for title in ("Device", "")] == ["Device", KPI.title]


def test_a_ghost_is_the_unfiltered_total() -> None:
    assert [r.where for r in view(has_ghost=True).requests(WHERE)] == [Filter.from_query("gender=Other"), EVERYTHING]


def test_a_ghost_may_be_another_baseline() -> None:
    baseline = Filter.from_query("device=Tablet&age=18..26")
    assert view(has_ghost=True).requests(WHERE, baseline)[1].where == Filter.from_query("age=18..26")


def test_a_view_with_clauses_of_its_own_leaves_out_only_them_and_only_while_they_hold() -> None:
    held, other = Filter.from_query("device=Mobile"), Filter.from_query("device=Tablet")
    where = Filter.from_query("device=Mobile&gender=Other")
    assert view(own=held).requests(where)[0].where == Filter.from_query("gender=Other")
    assert view(own=other).requests(where)[0].where == view(own=EVERYTHING).requests(where)[0].where == where


def test_an_unknown_choice_is_the_first_one() -> None:
    choice = Choice("split-by", "Split by", (("device", "Device"), ("age", "Age")))
    assert [choice.chosen(o) for o in ({}, {"split-by": "age"}, {"split-by": "x"})] == ["device", "age", "device"]


def test_what_another_choice_has_taken_cannot_be_chosen() -> None:
    choice = Choice("split-by", "Split by", (("device", "Device"), ("age", "Age")), taken="device")
    assert [choice.chosen(o) for o in ({}, {"split-by": "device"}, {"split-by": "age"})] == ["age", "age", "age"]


def test_variants_stand_control_first(config: Config, loaded_store: Store) -> None:
    assert Context(config, loaded_store.snapshot()).variants == ("Old", "New")


def test_numbers_are_written_as_configured(config: Config, loaded_store: Store) -> None:
    context = Context(config, loaded_store.snapshot())
    assert context.number_format.count(200_000) == "2,00,000"
    assert context.params.confidence == config.display.confidence


def test_an_analysis_that_compares_is_asked_with_what() -> None:
    versus = Filter.from_query("device=Tablet")
    assert view().requests(WHERE, EVERYTHING, versus)[0].versus == versus


def test_a_tooltip_names_the_baseline_with_interval_and_n(config: Config, loaded_store: Store) -> None:
    context = Context(config, loaded_store.snapshot(), baseline=Baseline(words="prior 3 days"))
    text = context.beside(Estimate(0.312, 0.301, 0.323, 8105)).replace("\u00a0", " ")
    assert text == "; prior 3 days: 31.2 % (30.1 – 32.3 %), 8,105 sessions"
    assert [context.beside(none) for none in (None, Estimate(None, None, None, 0))] == ["", ""]


def test_what_is_chosen_is_sent_with_sliders_where_there_are_any() -> None:
    dial = Dial("x-part", "Part", (0.1, 0.5), 0.5)
    assert view().chosen({}) == {"chosen": {}}
    assert view(sliders=(dial,)).chosen({})["sliders"]["x-part"]["at"] == 1
