"""The section `experiment` of config.yaml, and what becomes of it."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from config import load_config
from config.experiment_spec import ExperimentSpec
from semantic.errors import ConfigError

FIELDS = "fields: {variant: {column: v, values: [Old, New]}, converted: c}\n"


def test_shares_are_above_zero() -> None:
    with pytest.raises(ValidationError, match="must be above 0"):
        ExperimentSpec(shares={"Old": 1, "New": 0})


@pytest.mark.parametrize("method", ["fixed", "group_sequential"])
def test_a_planned_end_needs_a_planned_size(method: str) -> None:
    with pytest.raises(ValidationError, match="give planned_units"):
        ExperimentSpec.model_validate({"method": method})


def test_the_plan_is_part_of_the_words_of_the_data(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(f"{FIELDS}experiment: {{started_on: 2026-07-01, shares: {{Old: 9, New: 1}}, looks: 4}}")
    planned = load_config(path, {}).catalog.experiment
    assert (planned.started_on, planned.n_looks) == (date(2026, 7, 1), 4)
    assert planned.share_of(("Old", "New")) == (0.9, 0.1)


def test_a_metric_that_the_data_does_not_have_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(f"{FIELDS}experiment: {{guardrails: [mean_revenue]}}")
    with pytest.raises(ConfigError, match=r"experiment: .*mean_revenue"):
        load_config(path, {})


def test_the_plan_changes_no_stored_row(tmp_path: Path) -> None:
    plain, planned = tmp_path / "plain.yaml", tmp_path / "planned.yaml"
    plain.write_text(FIELDS)
    planned.write_text(f"{FIELDS}experiment: {{smallest_effect: 0.01}}")
    hashes = {load_config(path, {}).policy_hash for path in (plain, planned)}
    assert len(hashes) == 1
