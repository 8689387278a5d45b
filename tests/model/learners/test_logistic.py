import numpy as np

from model.examples import Examples, Feature
from model.learners.logistic import STRENGTHS, Logistic

SCORE = Feature("score", "Score", "number")


def drawn(n: int) -> tuple[Examples, np.ndarray]:
    random = np.random.default_rng(3)
    x = random.normal(size=(n, 1))
    chance = 1 / (1 + np.exp(-(x[:, 0] ** 2 - 1.5)))
    y = (random.random(n) < chance).astype(np.float64)
    return Examples((SCORE,), x, y, np.ones(n), np.arange(n)), chance


def test_curves_of_numbers_are_learned() -> None:
    examples, chance = drawn(20_000)
    error = Logistic().fit(examples, 1).score(examples.x) - chance
    assert np.sqrt(np.mean(error**2)) < 0.02


def test_the_penalty_is_one_of_those_tried_and_told() -> None:
    fitted = Logistic().fit(drawn(2_000)[0], 1)
    assert float(fitted.settings["c"]) in STRENGTHS


def test_noise_is_penalised_most(sessions: Examples) -> None:
    noise = sessions.x[np.random.default_rng(2).permutation(len(sessions))]
    examples = Examples(sessions.features, noise, sessions.y, sessions.weight, sessions.user)
    assert Logistic().fit(examples, 1).settings["c"] == "0.001"
