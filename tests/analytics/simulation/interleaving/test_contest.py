import numpy as np
import pytest

from analytics.simulation.interleaving.contest import Contest, check, contests, team_draft
from semantic.errors import InputError


def shuffled(n: int, items: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(3)
    return random.permuted(np.tile(np.arange(items), (n, 1)), axis=1), random.permuted(
        np.tile(np.arange(items), (n, 1)), axis=1
    )


def slow_draft(old: list[int], new: list[int], teams: list[bool]) -> list[int]:
    shown: list[int] = []
    for is_new in teams:
        shown.append(next(item for item in (new if is_new else old) if item not in shown))
    return shown


def test_each_team_puts_in_its_best_item_that_is_free() -> None:
    old, new = shuffled(200, 12)
    shown, is_new = team_draft(old, new, 7, np.random.default_rng(1))
    expected = [slow_draft(*map(np.ndarray.tolist, rows)) for rows in zip(old, new, is_new, strict=True)]
    assert shown.tolist() == expected


def test_teams_take_turns_in_each_round_and_a_coin_says_who_begins() -> None:
    old, new = shuffled(4000, 6)
    _, is_new = team_draft(old, new, 6, np.random.default_rng(1))
    assert (is_new[:, 0::2] != is_new[:, 1::2]).all()
    assert is_new[:, 0].mean() == pytest.approx(0.5, abs=0.03)


def test_rankers_that_are_alike_win_as_often_as_they_lose() -> None:
    lead = np.concatenate([block.lead for block in contests(Contest(noise_new=0.5, sessions=50_000))])
    assert abs(lead.mean()) < 4 * lead.std() / np.sqrt(lead.size)


def test_what_is_clicked_is_what_is_expected_to_be() -> None:
    blocks = list(contests(Contest(noise_new=0.1, sessions=40_000)))
    gained = np.concatenate([block.new - block.old for block in blocks])
    expected = np.concatenate([block.gain for block in blocks])
    assert gained.mean() == pytest.approx(expected.mean(), abs=4 * gained.std() / np.sqrt(gained.size))
    assert expected.mean() > 0.05


@pytest.mark.parametrize(
    ("contest", "said"),
    [
        (Contest(n_shown=31), "places of the list must be from 1 to 30, not 31"),
        (Contest(click=0), "above 0, at most 100 %, not 0%"),
        (Contest(sessions=1_000_000), "take fewer sessions or items"),
    ],
)
def test_what_cannot_be_run_is_said_in_a_sentence(contest: Contest, said: str) -> None:
    with pytest.raises(InputError, match=said):
        check(contest)
