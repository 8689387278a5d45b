import numpy as np

from model.examples import Examples
from model.uplift.randomisation import Randomisation, check_randomisation
from model.uplift.trial import trial_of
from tests.model.uplift.trials import OPTIONS, axes, sessions


def checked(examples: Examples) -> Randomisation:
    found = trial_of(examples, "Old", "New", OPTIONS)
    return check_randomisation(found, axes(found), ("Old", "New"), OPTIONS)


def with_new_kept_from(where: np.ndarray, examples: Examples) -> Examples:
    """Return the examples less two fifths of the sessions of New at some places, user by user."""
    luck = np.random.default_rng(5).random(int(examples.user.max()) + 1)[examples.user]
    return examples.rows(~((examples.column("variant") == 1) & where & (luck < 0.4)))


def test_engines_given_by_chance_pass() -> None:
    found = checked(sessions(20_000, share=0.3))
    assert found.is_randomised
    assert found.sentence.startswith("New served 3")
    assert "nothing known of the visitors tells" in found.sentence
    assert " % of " in found.sentence


def test_a_feature_that_tells_the_engine_is_named() -> None:
    given = sessions(20_000)
    found = checked(with_new_kept_from(given.column("device") == 0, given))
    assert not found.is_randomised
    assert "their visitors differ in Device (p" in found.sentence


def test_a_combination_that_no_feature_shows_alone_is_found() -> None:
    given = sessions(20_000)
    odd = (given.column("device") == 0) ^ (given.column("age") < 44)
    rest = given.rows(given.column("device") < 2)
    found = checked(with_new_kept_from(odd[given.column("device") < 2], rest))
    assert not found.is_randomised
    assert "a combination of features" in found.sentence or "differ in" in found.sentence


def test_more_missing_values_under_one_engine_are_found() -> None:
    given = sessions(20_000)
    given.x[(given.column("variant") == 1) & (np.arange(len(given)) % 10 == 0), 0] = np.nan
    found = checked(given)
    assert "differ in Age" in found.sentence
