from dataclasses import replace

import numpy as np
import pytest

from model.errors import ModelError
from model.uplift.options import UpliftOptions
from model.uplift.trial import barred, trial_of
from tests.model.uplift.trials import FEATURES, OPTIONS, sessions, trial


def test_only_sessions_of_the_two_variants_are_compared() -> None:
    given = sessions(4_000)
    found = trial_of(given, "Old", "New", OPTIONS)
    assert len(found.examples) == np.isin(given.column("variant"), [0, 1]).sum()
    assert found.is_treated.sum() == (given.column("variant") == 1).sum()


def test_consequences_and_what_engines_chose_are_not_used() -> None:
    assert barred(FEATURES) == ("pages", "shown", "variant")
    assert trial(2_000).examples.names == ("age", "device")


def test_a_user_is_in_one_fold() -> None:
    found = trial(2_000)
    pairs = set(zip(found.examples.user.tolist(), found.fold.tolist(), strict=True))
    assert len(pairs) == found.n_users
    assert np.bincount(found.fold).min() > 0.15 * len(found.fold)


def test_each_session_is_in_the_cell_of_its_equals() -> None:
    found = trial(2_000)
    assert np.array_equal(found.cells[found.cell], found.examples.x)
    assert len(np.unique(found.cells, axis=0)) == len(found.cells)


def test_missing_values_make_cells_and_many_numbers_become_bands() -> None:
    given = sessions(2_000)
    x = given.x.copy()
    x[:, 0] += np.random.default_rng(1).random(2_000)
    x[::7, 0] = np.nan
    found = trial_of(replace(given, x=x), "Old", "New", OPTIONS)
    ages = found.cells[:, 0]
    assert len(np.unique(ages[np.isfinite(ages)])) <= 64
    assert np.array_equal(np.isnan(ages[found.cell]), np.isnan(found.examples.x[:, 0]))


def test_counts_by_fold_variant_and_cell_add_up() -> None:
    found = trial(2_000)
    n, converted = found.counts()
    assert n.sum() == len(found.examples)
    assert converted[:, 1].sum() == found.examples.y[found.is_treated].sum()


def test_rows_with_weights_count_as_sessions() -> None:
    given = sessions(2_000)
    found = trial_of(replace(given, weight=np.full(2_000, 2.0)), "Old", "New", OPTIONS)
    assert found.counts()[0].sum() == 2 * len(found.examples)
    assert found.share == pytest.approx(trial(2_000).share)


def test_users_are_left_out_whole_where_there_are_too_many_sessions() -> None:
    given = sessions(4_000)
    found = trial_of(given, "Old", "New", UpliftOptions(max_sessions=1_000))
    assert len(found.examples) == pytest.approx(1_000, rel=0.2)
    whole = trial_of(given, "Old", "New", OPTIONS)
    assert len(found.examples) / found.n_users == pytest.approx(len(whole.examples) / whole.n_users, rel=0.1)


def test_an_unknown_variant_is_named_with_the_known_ones() -> None:
    with pytest.raises(ModelError, match=r"'Newest'.*Old, New, Third"):
        trial_of(sessions(2_000), "Old", "Newest", OPTIONS)


def test_too_little_of_a_variant_is_refused_in_one_sentence() -> None:
    with pytest.raises(ModelError, match=r"Old has \d+ sessions with \d+ conversions, which say nothing"):
        trial(150)


def test_few_users_are_refused() -> None:
    given = sessions(2_000)
    with pytest.raises(ModelError, match="30 users only"):
        trial_of(replace(given, user=np.arange(2_000) % 30), "Old", "New", OPTIONS)
