"""The peer of the certificate answers what gbstats answered; and its weakness is what is said of it."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from analytics.experiment.statistic import Proportion
from tests.certificate.gbstats_sequence import excess, half_width, relative_effect


@pytest.fixture(scope="module")
def cases(shared_data: Path) -> list[dict]:
    text = gzip.decompress((shared_data / "gbstats_oracle" / "gbstats_cases.json.gz").read_bytes())
    every = [case for case in json.loads(text)["cases"] if case["kind"] == "proportion"]
    return [case for case in every if case["gb"]["relative"]["sequential_5000"]["error"] is None]


def sides(cases: list[dict]) -> tuple[Proportion, Proportion]:
    treatment, control = ([(case[side]["sum"], case[side]["n"]) for case in cases] for side in "ba")
    return Proportion.of(*np.transpose(treatment)), Proportion.of(*np.transpose(control))


@pytest.mark.parametrize("tuned_for", [5_000, 20_000])
def test_ends_are_those_that_gbstats_answered(cases: list[dict], tuned_for: int) -> None:
    theirs = [case["gb"]["relative"][f"sequential_{tuned_for}"]["ci"] for case in cases]
    treatment, control = sides(cases)
    value, error = relative_effect(treatment, control)
    half = half_width(error, treatment.n + control.n, tuned_for)
    assert len(cases) >= 190
    np.testing.assert_allclose(np.stack([value - half, value + half], axis=-1), np.array(theirs), rtol=1e-9, atol=1e-9)


def test_an_effect_is_called_where_the_interval_does_not_hold_zero(cases: list[dict]) -> None:
    ends = np.array([case["gb"]["relative"]["sequential_5000"]["ci"] for case in cases])
    assert ((np.abs(excess(*sides(cases))) > 1) == ((ends[:, 0] > 0) | (ends[:, 1] < 0))).all()


def test_nothing_is_called_where_a_variant_has_no_conversion() -> None:
    assert np.isnan(excess(Proportion.of(0, 500), Proportion.of(40, 500)))
