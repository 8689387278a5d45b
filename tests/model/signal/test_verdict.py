import numpy as np
import pytest

from etl.sources.synthetic.drawing import Profile
from model.signal import find_signal
from model.signal.verdict import auc_of
from tests.model.planted import planted


def test_planted_effects_are_a_signal_in_words() -> None:
    examples = planted(20_000).arrival
    found = find_signal(examples, examples.user % 5, 0.95, 1)
    assert found.verdict == "signal"
    assert found.sentence.startswith("What is known on arrival tells who converts: AUC 0.5")
    assert found.p_value == pytest.approx(2 * min(found.p_likelihood_ratio, found.p_cross_fitted))


@pytest.mark.parametrize("profile", ["null", "seed"])
def test_noise_is_no_useful_signal_in_words(profile: Profile) -> None:
    examples = planted(60_000, 5, profile).arrival
    found = find_signal(examples, examples.user % 5, 0.95, 1)
    assert found.verdict == "no useful signal"
    assert found.sentence.startswith("Nothing known on arrival tells who converts: an effect as strong as AUC 0.51")
    assert found.n_needed is None


def test_few_sessions_leave_it_open_and_say_how_many_are_needed() -> None:
    examples = planted(2000, profile="null").arrival
    found = find_signal(examples, examples.user % 5, 0.95, 1)
    assert found.verdict == "undetermined"
    assert found.n_needed is not None
    assert 20_000 < found.n_needed < 80_000
    assert f"About {found.n_needed:,} sessions would settle it." in found.sentence


def test_twenty_sessions_have_no_interval_and_an_answer() -> None:
    examples = planted(20).arrival
    found = find_signal(examples, examples.user % 5, 0.95, 1)
    assert (found.verdict, found.auc.value, found.p_value) == ("undetermined", None, 1.0)
    assert "sessions would settle it" in found.sentence


def test_what_is_measured_during_a_visit_is_named_so() -> None:
    examples = planted(3000).examples
    assert "known of a visit" in find_signal(examples, examples.user % 5, 0.95, 1).sentence


def test_of_many_rows_some_users_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.signal.verdict.MOST_ROWS", 2000)
    monkeypatch.setattr("model.signal.verdict.MOST_ROWS_OF_TREES", 1000)
    examples = planted(3000).arrival
    one, other = (find_signal(examples, examples.user % 5, 0.95, 1) for _ in range(2))
    assert one == other
    assert 1900 < one.auc.n <= 2000


def test_the_auc_of_log_odds_is_that_of_what_is_drawn() -> None:
    random = np.random.default_rng(1)
    log_odds = 0.2 * random.standard_normal(400_000)
    order = np.argsort(np.argsort(log_odds))
    converted = random.random(400_000) < 0.1 * np.exp(log_odds)
    mean_place = order[converted].mean() - (converted.sum() - 1) / 2
    assert auc_of(0.04) == pytest.approx(mean_place / (~converted).sum(), abs=0.006)
