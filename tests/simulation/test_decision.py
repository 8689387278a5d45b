"""What the product says of logs whose truth is known: 200,000 simulated sessions of each profile."""

from pathlib import Path

import pytest
import yaml

from analytics.analysis import Request, run
from analytics.decision import DECISION
from analytics.decision.result import DecisionResult
from config import load_config
from etl.pipeline import load
from etl.progress import Reporter
from tests.etl.project import ROOT
from tests.model.reading.loaded import store_of


def decided(folder: Path, profile: str) -> DecisionResult:
    data = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    data["source"]["profile"] = profile
    (folder / "config.yaml").write_text(yaml.safe_dump(data, sort_keys=False))
    config = load_config(folder / "config.yaml", {"DATABASE_URL": f"sqlite:///{folder / 'data.db'}"})
    load(config, Reporter())
    found: DecisionResult = run(store_of(config), [Request(DECISION)])[0]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["null", "seed"])
def test_where_nothing_differs_nothing_can_be_concluded(profile: str, tmp_path: Path) -> None:
    result = decided(tmp_path, profile)
    assert (result.kind, result.segments) == ("keep_running", ())
    assert result.effect.lift.low < 0 < result.effect.lift.high


@pytest.mark.slow
def test_the_planted_effect_and_its_segment_are_found(tmp_path: Path) -> None:
    result = decided(tmp_path, "planted")
    assert (result.kind, result.treatment, result.exceptions) == ("ship", "New", ())
    assert result.effect.lift.low < 0.0431 < result.effect.lift.high
    assert any("Mobile (gains" in reason for reason in result.reasons)
