from dataclasses import replace

import numpy as np
import pytest

from model.uplift.options import UpliftOptions
from model.uplift.segments import segments_of
from model.uplift.trial import trial_of
from tests.model.uplift.trials import OPTIONS, axes, nowhere, on_mobile, sessions, trial

FOUND = trial(20_000, on_mobile)
SEGMENTS, N_SEGMENTS = segments_of(FOUND, axes(FOUND), OPTIONS)


def test_segments_that_gain_and_lose_are_found() -> None:
    directions = {segment.label: segment.direction for segment in SEGMENTS}
    assert (directions["Mobile"], directions["Desktop"], directions["Tablet"]) == ("gains", "loses", "not shown")
    assert directions["Age 30–49 · Mobile"] == "gains"


def test_all_segments_of_one_and_two_dimensions_are_looked_at() -> None:
    assert len(SEGMENTS) == N_SEGMENTS == 3 + 3 + 9
    p_adjusted = [segment.p_adjusted for segment in SEGMENTS]
    assert p_adjusted == sorted(p_adjusted)
    assert all(segment.p_adjusted >= segment.p_value for segment in SEGMENTS)


def test_the_effect_is_the_difference_of_rates_clustered_by_user() -> None:
    mobile = next(segment for segment in SEGMENTS if segment.label == "Mobile")
    inside = FOUND.examples.column("device") == 0
    treated, y = FOUND.is_treated[inside], FOUND.examples.y[inside]
    assert mobile.effect.value == pytest.approx(y[treated].mean() - y[~treated].mean())
    assert mobile.effect.n == inside.sum()
    moved = np.where(treated, (y - y[treated].mean()) / treated.sum(), -(y - y[~treated].mean()) / (~treated).sum())
    error = np.sqrt((np.bincount(FOUND.examples.user[inside], moved) ** 2).sum())
    assert mobile.effect.high - mobile.effect.value == pytest.approx(1.96 * error, rel=1e-3)


def test_segments_that_are_too_small_are_not_looked_at() -> None:
    options = UpliftOptions(edges=OPTIONS.edges, min_sessions=2_000)
    assert {len(segment.dimensions) for segment in segments_of(FOUND, axes(FOUND), options)[0]} == {1}


def test_a_segment_of_few_users_is_not_looked_at_however_often_they_come() -> None:
    given = sessions(20_000, on_mobile)
    is_tablet = given.column("device") == 2
    user = np.where(is_tablet, given.user.max() + 1 + given.user % 19 + 19 * given.column("variant"), given.user)
    found = trial_of(replace(given, user=user.astype(np.int64)), "Old", "New", OPTIONS)
    labels = {segment.label for segment in segments_of(found, axes(found), OPTIONS)[0]}
    assert {"Mobile", "Desktop"} < labels
    assert not any("Tablet" in label for label in labels)


def test_attributes_that_are_never_known_together_make_no_segment() -> None:
    given = sessions(20_000, on_mobile)
    x = given.x.copy()
    x[::2, given.names.index("age")], x[1::2, given.names.index("device")] = np.nan, np.nan
    found = trial_of(replace(given, x=x), "Old", "New", OPTIONS)
    segments, n_segments = segments_of(found, axes(found), OPTIONS)
    assert len(segments) == n_segments == 3 + 3


def test_without_an_effect_no_segment_gains() -> None:
    found = trial(20_000, nowhere, seed=3)
    assert {segment.direction for segment in segments_of(found, axes(found), OPTIONS)[0]} == {"not shown"}


def test_without_axes_there_are_no_segments() -> None:
    assert segments_of(FOUND, (), OPTIONS) == ((), 0)


def test_of_very_many_segments_the_first_are_told_and_all_are_corrected_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.uplift.segments.MAX_TOLD", 4)
    told, n_looked_at = segments_of(FOUND, axes(FOUND), OPTIONS)
    assert n_looked_at == 15
    assert told == tuple(s for place, s in enumerate(SEGMENTS) if place < 4 or len(s.dimensions) == 1)
