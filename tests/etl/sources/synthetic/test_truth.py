"""The truth: exact expectations that samples agree with."""

import numpy as np
import pandas as pd
import pytest

from etl.sources.synthetic import SyntheticSource, truth
from etl.sources.synthetic.drawing import Profile
from etl.sources.synthetic.population import SHAPE, cell_shares
from etl.sources.synthetic.traffic import moment_shares


def drawn(profile: Profile) -> pd.DataFrame:
    parts = [batch.table.to_pandas() for batch in SyntheticSource(profile, 200_000, 42).batches()]
    frame: pd.DataFrame = pd.concat(parts)
    return frame


@pytest.fixture(scope="module")
def samples() -> dict[Profile, pd.DataFrame]:
    return {"planted": drawn("planted"), "null": drawn("null"), "seed": drawn("seed")}


@pytest.fixture
def sample(samples: dict[Profile, pd.DataFrame]) -> pd.DataFrame:
    return samples["planted"]


def z_of_mean(frame: pd.DataFrame, column: str, expected: float) -> float:
    """Return by how many standard errors a session mean misses, users being the independent units."""
    users = frame[column].fillna(0).groupby(frame["User_ID"]).agg(["size", "sum"])
    residual = users["sum"] - expected * users["size"]
    return float(residual.sum() / np.sqrt((residual**2).sum()))


@pytest.mark.parametrize("profile", ["planted", "null", "seed"])
@pytest.mark.parametrize("engine", ["Old", "New"])
@pytest.mark.parametrize(("column", "key"), [("Converted", "conversion_rate"), ("Revenue", "revenue_per_session")])
def test_a_sample_agrees_with_the_truth_within_four_standard_errors(
    samples: dict[Profile, pd.DataFrame], profile: Profile, engine: str, column: str, key: str
) -> None:
    sample = samples[profile]
    expected = truth(profile, 200_000, 42)[key][engine]
    assert abs(z_of_mean(sample[sample["Recommendation_Engine"] == engine], column, expected)) < 4


def test_the_cells_of_a_sample_miss_as_chance_does(sample: pd.DataFrame) -> None:
    parts = dict(iter(sample.groupby(["Device_Type", "Location", "Recommendation_Engine"])))
    z = [
        z_of_mean(parts[cell["device"], cell["location"], engine], "Converted", rate)
        for cell in truth("planted", 200_000, 42)["cells"]
        for engine, rate in cell["conversion_rate"].items()
    ]
    assert max(map(abs, z)) < 4.5
    assert 0.6 < np.mean(np.square(z)) < 1.6


def test_the_shares_of_cells_agree_with_a_sample(sample: pd.DataFrame) -> None:
    counts = sample.groupby(["Device_Type", "Location"]).size() / len(sample)
    for cell in truth("planted", 1, 1)["cells"]:
        assert counts[cell["device"], cell["location"]] == pytest.approx(cell["share"], abs=0.005)


def test_cells_add_up_to_the_whole() -> None:
    planted = truth("planted", 1, 1)
    for engine in ("Old", "New"):
        mean = sum(cell["share"] * cell["conversion_rate"][engine] for cell in planted["cells"])
        assert mean == pytest.approx(planted["conversion_rate"][engine], rel=1e-12)
    assert sum(cell["share"] for cell in planted["cells"]) == pytest.approx(1, rel=1e-12)


def test_the_planted_effect_is_what_the_documentation_says() -> None:
    planted = truth("planted", 1, 1)
    effect = {(cell["device"], cell["location"]): cell["effect"]["absolute"] for cell in planted["cells"]}
    assert 0.03 < planted["effect"]["relative"] < 0.05
    assert 0.31 < planted["conversion_rate"]["Old"] < 0.33
    assert all(value > 0.005 for (device, _), value in effect.items() if device == "Mobile")
    assert all(value == 0 for (device, _), value in effect.items() if device == "Desktop")
    assert [key for key, value in effect.items() if value < 0] == [("Tablet", "Chennai")]


@pytest.mark.parametrize(("profile", "rate"), [("null", 0.32), ("seed", 0.30)])
def test_without_an_effect_both_engines_are_equal(profile: Profile, rate: float) -> None:
    found = truth(profile, 10, 1)
    assert found["conversion_rate"] == pytest.approx({"Old": rate, "New": rate}, rel=1e-12)
    assert found["effect"] == pytest.approx({"absolute": 0, "relative": 0}, abs=1e-12)


def test_shares_are_shares() -> None:
    assert cell_shares().shape == SHAPE
    assert cell_shares().sum() == pytest.approx(1, rel=1e-12)
    assert moment_shares().sum() == pytest.approx(1, rel=1e-12)
