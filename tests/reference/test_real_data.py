"""Two public data sets, loaded by configuration alone, against figures that others computed."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from config import load_config
from etl.pipeline import load, verify
from etl.progress import Reporter
from tests.etl.project import Project

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"


def loaded(name: str, folder: Path, shared_data: Path, **changes: Any) -> Project:
    """Return the project of an example, its top level changed, loaded."""
    example = yaml.safe_load((EXAMPLES / f"{name}.yaml").read_text())
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump({**example, **changes}, sort_keys=False))
    project = Project(folder, f"sqlite:///{folder / 'data.db'}")
    config = load_config(path, {"DATABASE_URL": project.url, "DATA_DIR": str(shared_data / name)})
    load(config, Reporter())
    assert verify(config) > 0
    return project


def by_variant(project: Project) -> dict[str, dict[str, int]]:
    rows = project.query("SELECT variant, count(*), sum(converted) FROM sessions GROUP BY 1")
    return {variant: {"n": n, "x": x} for variant, n, x in rows}


def without_rates(figures: dict[str, Any]) -> dict[str, dict[str, int]]:
    return {v: {"n": figures[v]["n"], "x": figures[v]["x"]} for v in ("control", "treatment")}


@pytest.fixture(scope="session")
def expected(shared_data: Path) -> dict[str, Any]:
    return json.loads((shared_data / "expected.json").read_text())  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def udacity(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Project:
    return loaded("udacity_ab", tmp_path_factory.mktemp("udacity"), shared_data)


@pytest.fixture(scope="module")
def shoppers(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Project:
    return loaded("online_shoppers", tmp_path_factory.mktemp("shoppers"), shared_data)


def test_mismatched_rows_are_quarantined_and_the_double_user_dropped(
    udacity: Project, expected: dict[str, Any]
) -> None:
    raw = expected["udacity_ab"]["raw"]
    (run,) = udacity.query("SELECT n_read, n_loaded, n_duplicates, n_quarantined, n_users_in_two_variants FROM runs")
    assert run == (raw["rows"], 290_584, 1, raw["mismatched_rows"], raw["users_in_both_groups"])


def test_each_rule_rejected_its_own_rows(udacity: Project, expected: dict[str, Any]) -> None:
    cells = expected["udacity_ab"]["raw"]["crosstab"]
    rules = dict(udacity.query("SELECT rule, count(*) FROM rejected_rows GROUP BY 1"))
    assert rules == {
        "control sees the old page": cells["control|new_page|0"] + cells["control|new_page|1"],
        "treatment sees the new page": cells["treatment|old_page|0"] + cells["treatment|old_page|1"],
    }


def test_conversions_of_both_groups_are_those_expected(udacity: Project, expected: dict[str, Any]) -> None:
    assert by_variant(udacity) == without_rates(expected["udacity_ab"]["clean"])


def test_conversions_by_country_are_those_expected(udacity: Project, expected: dict[str, Any]) -> None:
    found: dict[str, Any] = defaultdict(dict)
    for country, variant, n, x in udacity.query(
        "SELECT country, variant, count(*), sum(converted) FROM sessions GROUP BY 1, 2"
    ):
        found[country][variant] = {"n": n, "x": x}
    figures = expected["udacity_ab"]["by_country"]
    assert found == {country: without_rates(figures[country]) for country in figures}


def test_users_of_both_groups_can_be_excluded(tmp_path: Path, shared_data: Path, expected: dict[str, Any]) -> None:
    cleaning = yaml.safe_load((EXAMPLES / "udacity_ab.yaml").read_text())["cleaning"]
    project = loaded("udacity_ab", tmp_path, shared_data, cleaning={**cleaning, "users_in_two_variants": "exclude"})
    assert by_variant(project) == without_rates(expected["udacity_ab"]["alt_clean_drop_users_in_both_groups"])


def test_without_rules_every_row_counts(tmp_path: Path, shared_data: Path, expected: dict[str, Any]) -> None:
    fields = yaml.safe_load((EXAMPLES / "udacity_ab.yaml").read_text())["fields"]
    del fields["session_id"]
    project = loaded("udacity_ab", tmp_path, shared_data, cleaning={"identical": "keep"}, fields=fields)
    assert by_variant(project) == without_rates(expected["udacity_ab"]["naive_raw_by_group"])


def test_every_shopper_is_loaded(shoppers: Project, expected: dict[str, Any]) -> None:
    figures = expected["online_shoppers"]
    assert shoppers.query("SELECT n_read, n_loaded FROM runs") == [(figures["rows"], figures["rows"])]
    assert shoppers.query("SELECT sum(converted) FROM sessions") == [(figures["positives"],)]


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("variant", "VisitorType"),
        ("month", "Month"),
        ("weekend", "Weekend"),
        ("region", "Region"),
        ("traffic", "TrafficType"),
    ],
)
def test_shoppers_and_purchases_by_column(shoppers: Project, expected: dict[str, Any], column: str, name: str) -> None:
    rows = shoppers.query(f"SELECT {column}, count(*), sum(converted) FROM sessions GROUP BY 1")
    figures = expected["online_shoppers"][name]
    assert {member: n for member, n, _ in rows} == figures["n"]
    assert {member: x for member, _, x in rows} == figures["conversions"]


def test_equal_shoppers_are_one_where_rows_are_dropped(
    tmp_path: Path, shared_data: Path, expected: dict[str, Any]
) -> None:
    project = loaded("online_shoppers", tmp_path, shared_data, cleaning={"identical": "drop"})
    assert project.query("SELECT n_duplicates, n_quarantined FROM runs") == [
        (expected["online_shoppers"]["duplicate_rows"], 0)
    ]


def test_nothing_that_a_shopper_does_is_taken_for_known_on_arrival() -> None:
    dimensions = load_config(EXAMPLES / "online_shoppers.yaml", {}).catalog.dimensions
    known = {dimension.name for dimension in dimensions if not dimension.is_post_treatment}
    assert known == {"variant", "month", "weekend", "region", "traffic"}
