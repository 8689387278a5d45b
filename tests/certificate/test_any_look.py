"""The short form of part a, and that what it counts is what the product says."""

import numpy as np
import pytest

from analytics.experiment.arm import arms_of
from analytics.experiment.finding import compare
from analytics.experiment.plan import Plan
from analytics.experiment.score import score_statistic
from analytics.experiment.sequential import NormalMixture
from analytics.experiment.skewness import score_skewness, straightened
from analytics.experiment.statistic import Moments
from tests.certificate.any_look import BAR, PART
from tests.certificate.draws import Row, generator_of
from tests.certificate.traffic import GRID, RAMP, Traffic

CORNERS = [cell for cell in GRID if cell["rate"] in (0.002, 0.02, 0.5) and cell["users"] in (40, 1_000)]


def test_the_grid_has_192_cells() -> None:
    assert len({tuple(cell.values()) for cell in GRID}) == 192


@pytest.mark.parametrize("cell", CORNERS[::7], ids=str)
def test_crossing_is_an_interval_without_zero_and_a_small_p_value(cell: Row) -> None:
    traffic = Traffic.of({**cell, "looks": 20, "lift": 0.4})
    sides = next(traffic.blocks(60, generator_of("a", cell)))
    statistic, mixture = score_statistic(*sides), NormalMixture.tuned_for(traffic.planned)
    straight = straightened(np.abs(statistic), score_skewness(*sides, statistic))
    crossed = mixture.log_e(straight, sides[0].n + sides[1].n) >= BAR
    converted, n = (np.stack([getattr(side, name) for side in sides], axis=-1) for name in ("n_converted", "n"))
    arms = arms_of(Moments.of(n, [converted], [converted]), n, is_rate=True)
    found = compare(arms[..., 0], arms[..., 1], Plan("sequential", n_planned=traffic.planned))
    assert (crossed == (found.p_value <= 0.05)).all()
    assert (crossed == found.difference.excludes_zero).all()
    assert (crossed == found.lift.excludes_zero).all()


def test_without_a_planned_size_sequences_are_tuned_for_5000() -> None:
    assert Plan().mixture == NormalMixture.tuned_for(5_000)


@pytest.mark.slow
def test_at_the_corners_of_the_grid_at_most_five_percent_are_called() -> None:
    cells = [*CORNERS, *(cell for cell in RAMP if cell["looks"] == 20)]
    section = PART.section([PART.row_of(cell, size=0.08) for cell in cells])
    assert section.is_kept, section.sentence


@pytest.mark.slow
def test_the_relative_difference_with_a_normal_error_breaks_its_level() -> None:
    rows = [PART.row_of(cell, size=0.08) for cell in CORNERS if cell["rate"] == 0.002 and cell["looks"] == 365]
    assert np.mean([row["gbstats"] for row in rows]) > 0.1


def test_counts_are_cumulated_and_no_more_convert_than_come() -> None:
    treatment, control = next(Traffic(0.5, 40, 20, 0.2).blocks(50, np.random.default_rng(1)))
    for counts in (treatment, control):
        assert (np.diff(counts.n) >= 0).all()
        assert (counts.n_converted <= counts.n).all()
    assert abs(treatment.n[:, -1].mean() / 160 - 1) < 0.1
