import numpy as np
import pytest

from analytics.experiment.arm import Arm, arms_of
from analytics.experiment.finding import compare
from analytics.experiment.interval import Floats
from analytics.experiment.plan import Plan
from analytics.experiment.segment_search import Part, Segments, find_segments, segment_plan
from analytics.experiment.statistic import Moments, Proportion

DEVICES, PLACES = 3, 6
DEVICE = Part(np.arange(3), np.arange(3)[:, None])
PLACE = Part(np.arange(3, 9), np.arange(6)[:, None])
CELL = Part(np.arange(9, 27), np.array(list(np.ndindex(DEVICES, PLACES))))
PARTS = (DEVICE, PLACE, CELL)


def arms(cells: Proportion) -> tuple[Arm, Arm]:
    """Arms of devices, places and cells from the counts of the cells; one session a user."""
    counts = [
        np.concatenate([cell.sum(axis=1), cell.sum(axis=0), cell.reshape(-1, 2)])
        for cell in (cells.n_converted, cells.n)
    ]
    converted, n = counts
    products = [converted, converted, n]
    arm = arms_of(Moments.of(n, [converted, n], products), n, is_rate=True)
    return arm[:, 1], arm[:, 0]


def drawn(seed: int, lift: Floats | float = 0.0, rate: float = 0.3, n: int = 400) -> tuple[Arm, Arm]:
    """Counts of each device in each place; the lift is of the treatment."""
    random = np.random.default_rng(seed)
    size = random.poisson(n, (DEVICES, PLACES, 2)).astype(float)
    rates = np.full((DEVICES, PLACES, 2), rate)
    rates[..., 1] *= 1 + np.asarray(lift)
    return arms(Proportion.of(random.binomial(size.astype(int), rates), size))


def found(seed: int, lift: Floats | float = 0.0, method: str = "fixed", rate: float = 0.3, n: int = 400) -> Segments:
    return find_segments(*drawn(seed, lift, rate, n), Plan(method=method), PARTS)  # type: ignore[arg-type]


def on_first_device(lift: float) -> Floats:
    return np.array([[lift], [0.0], [0.0]])


@pytest.mark.parametrize("method", ["fixed", "sequential"])
def test_a_device_that_gains_is_found_and_differs_from_the_others(method: str) -> None:
    segments = found(1, on_first_device(0.3), method, n=1_000)
    assert segments.direction[:3].tolist() == [1, 0, 0]
    assert segments.stands_out[0]
    assert segments.p_differs_holm[0] < 1e-4
    assert not segments.stands_out[CELL.places].any()


def test_a_gain_everywhere_is_shown_but_nobody_stands_out() -> None:
    segments = found(2, 0.3, n=2_000)
    assert segments.direction[:9].tolist() == [1] * 9
    assert not segments.stands_out.any()


def test_one_cell_that_loses_is_beyond_its_device_and_its_place() -> None:
    lift = np.zeros((DEVICES, PLACES))
    lift[2, 4] = -0.3
    segments = found(3, lift, n=2_000)
    beyond = int(np.argmax(np.abs(segments.beyond.statistic[CELL.places])))
    assert (beyond, segments.direction[CELL.places][beyond]) == (2 * PLACES + 4, -1)
    assert segments.stands_out[CELL.places][beyond]
    assert segments.p_differs_holm[2] < 0.001


def test_p_values_are_those_of_the_comparison() -> None:
    treatment, control = drawn(4)
    plan = Plan(method="sequential", n_planned=10_000)
    segments = find_segments(treatment, control, plan, PARTS)
    for part in PARTS:
        own = compare(treatment[part.places], control[part.places], segment_plan(plan, part))
        assert segments.p_value[part.places] == pytest.approx(own.p_value)


def test_corrected_p_values_are_over_both_questions() -> None:
    segments = found(5)
    smallest = min(segments.p_value.min(), segments.p_beyond.min())
    assert min(segments.p_holm.min(), segments.p_beyond_holm.min()) == pytest.approx(min(54 * smallest, 1))
    assert (segments.p_holm >= segments.p_bh - 1e-12).all()


def test_two_treatments_are_corrected_for_each_other() -> None:
    treatment, control = drawn(6)
    one, two = (find_segments(treatment, control, Plan("fixed", n_comparisons=k), PARTS) for k in (1, 2))
    assert two.p_value == pytest.approx(np.minimum(2 * one.p_value, 1))
    assert two.p_differs == pytest.approx(np.minimum(2 * one.p_differs, 1))


def test_planned_looks_decide_by_what_the_whole_experiment_has_seen() -> None:
    treatment, control = drawn(1, on_first_device(0.3), n=1_000)
    plan = Plan("group_sequential", n_planned=40_000, n_looks=5, information=0.9)
    segments = find_segments(treatment, control, plan, PARTS)
    assert segments.direction[:3].tolist() == [1, 0, 0]


def test_a_segment_without_conversions_or_control_says_nothing_wrong() -> None:
    cells = Proportion.of(np.zeros((DEVICES, PLACES, 2)), np.full((DEVICES, PLACES, 2), 50.0))
    cells.n[0, 0] = (50.0, 0.0)
    segments = find_segments(*arms(cells), Plan("fixed"), PARTS)
    assert not segments.stands_out.any()
    assert not segments.direction.any()
    assert np.isnan(segments.p_value[9])


def test_one_segment_alone_has_no_rest() -> None:
    treatment, control = drawn(7)
    segments = find_segments(treatment[:1], control[:1], Plan("fixed"), [Part(np.arange(1), np.zeros((1, 1), int))])
    assert np.isnan(segments.p_beyond[0])
    assert segments.p_differs.tolist() == [1.0]
    assert segments.p_holm == pytest.approx(segments.p_value)


def test_nothing_to_look_at_finds_nothing() -> None:
    treatment, control = drawn(8)
    segments = find_segments(treatment[:0], control[:0], Plan(), [])
    assert segments.p_value.size == segments.p_differs.size == 0


@pytest.mark.parametrize("method", ["fixed", "sequential"])
@pytest.mark.parametrize("rate", [0.02, 0.3])
def test_where_nothing_differs_at_most_one_log_in_twenty_makes_any_claim(method: str, rate: float) -> None:
    drawn_logs = [found(seed, method=method, rate=rate, n=150) for seed in range(200)]
    claims = [bool(one.direction.any() or one.stands_out.any()) for one in drawn_logs]
    assert np.mean(claims) <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / 200)
