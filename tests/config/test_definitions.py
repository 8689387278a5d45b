from pathlib import Path

from config import load_config
from config.definitions import dimension_definitions, metric_definitions
from semantic.catalog import MISSING
from semantic.domain import Domain

ROOT = Path(__file__).parents[2]
CONFIG = load_config(ROOT / "config.yaml", {})
DOMAINS = {
    d.name: Domain(d, (*d.members, MISSING), (d.edges or (1.0,)) if d.is_binned else ())
    for d in CONFIG.catalog.dimensions
}


def test_each_dimension_says_where_it_comes_from_and_how_it_is_cut() -> None:
    found = {d.name: d for d in dimension_definitions(CONFIG, DOMAINS)}
    assert list(found) == [d.name for d in CONFIG.catalog.dimensions]
    assert (found["day"].source_column, found["age"].source_column) == ("Started_At", "Age")
    assert (found["age"].edges, found["age"].are_edges_chosen) == ((18, 26, 36, 51), False)
    assert (found["time_spent_s"].edges, found["time_spent_s"].are_edges_chosen) == ((1.0,), True)
    assert found["device"].members[-1] == MISSING


def test_each_dimension_says_whether_it_is_a_consequence_and_what_becomes_of_empty_cells() -> None:
    found = dimension_definitions(CONFIG, DOMAINS)
    assert {d.name for d in found if d.is_post_treatment} == {"time_spent_s", "pages_viewed"}
    assert {d.name for d in found if d.missing == "quarantine"} == {"variant", "day"}


def test_each_metric_says_its_formula_in_words() -> None:
    found = {m.name: m for m in metric_definitions(CONFIG)}
    rate, revenue = found["conversion_rate"], found["mean_revenue"]
    assert (rate.formula, rate.kind, rate.source_column) == ("conversions / sessions", "proportion", "Converted")
    assert (revenue.formula, revenue.kind) == ("total revenue / sessions with revenue", "mean")
    assert (revenue.source_column, revenue.missing) == ("Revenue", "zero")
