"""Simulated sessions as examples, with the probabilities that they were drawn with; made without a database."""

from dataclasses import dataclass

import numpy as np

from etl.sources.synthetic.drawing import Profile, Sessions, draw, n_users
from etl.sources.synthetic.outcome import (
    BY_MOMENT,
    ENGINE_EFFECT,
    LOG_ODDS,
    NULL_RATE,
    SEED_RATE,
    TEMPER_WEIGHT,
    conversion_chance,
    probability,
)
from etl.sources.synthetic.population import (
    AGES,
    CATEGORIES,
    DEVICES,
    ENGINES,
    GENDERS,
    LOCATIONS,
    SHAPE,
    Codes,
    Floats,
    draw_visitors,
)
from etl.sources.synthetic.traffic import moment_shares, moments
from etl.sources.synthetic.truth import _chance
from model.examples import Examples, Feature

CONSEQUENCES = ("time_spent_s", "pages_viewed")
_INDIA_S = 5.5 * 3600
_NODES = 8


@dataclass(frozen=True, slots=True)
class PlantedExamples:
    """Examples whose truth is known.

    Attributes
    ----------
    examples : Examples
        One row a session: age, gender, device, location, category, variant, time_spent_s, pages_viewed.
    chance : ndarray of float, shape (n,)
        Probability of a conversion given everything that was drawn, also what no log has (temper, moment of the week).
    arrival_chance : ndarray of float, shape (n,)
        Given age, gender, device, location, category and variant: the best that a model on arrival can say.
    chance_by_variant : ndarray of float, shape (n, 2)
        ``arrival_chance`` under Old and under New, whichever of them was shown.
    """

    examples: Examples
    chance: Floats
    arrival_chance: Floats
    chance_by_variant: Floats

    @property
    def arrival(self) -> Examples:
        """Return the examples without time and pages."""
        return self.examples.without(*CONSEQUENCES)


def planted(n_sessions: int, seed: int = 1, profile: Profile = "planted") -> PlantedExamples:
    """Return the sessions of the synthetic source as examples with their truth."""
    blocks = list(draw(profile, n_sessions, seed))
    chance = np.concatenate(
        [_drawn_chance(block, place, n_sessions, seed, profile) for place, block in enumerate(blocks)]
    )
    examples = _as_examples(blocks)
    by_variant = _by_variant(examples, profile)
    shown = examples.column("variant").astype(np.int64)
    return PlantedExamples(examples, chance, by_variant[np.arange(n_sessions), shown], by_variant)


def retrospective_chance(examples: Examples) -> Floats:
    """Return the probability of a conversion of planted sessions given all features, time and pages among them."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    odds_if = [np.zeros(len(examples)), np.zeros(len(examples))]
    at_arrival = _log_odds(examples)
    for node, weight in zip(nodes, weights, strict=True):
        converts = probability(at_arrival[:, None] + BY_MOMENT + TEMPER_WEIGHT * node) @ moment_shares()
        odds_if[1] += weight * converts * _behaviour_density(examples, 1, node)
        odds_if[0] += weight * (1 - converts) * _behaviour_density(examples, 0, node)
    return odds_if[1] / (odds_if[0] + odds_if[1])


def _codes(examples: Examples, name: str) -> Codes:
    return examples.column(name).astype(np.int64)


def _cell(examples: Examples) -> tuple[Codes, ...]:
    age = _codes(examples, "age") - AGES[0]
    return (age, *(_codes(examples, name) for name in ("gender", "location", "device", "category")))


def _log_odds(examples: Examples) -> Floats:
    cell = _cell(examples)
    return LOG_ODDS[cell] + _codes(examples, "variant") * ENGINE_EFFECT[cell[2], cell[3]]


def _behaviour_density(examples: Examples, converted: int, temper: float) -> Floats:
    """Return the density of pages and time as in `draw_behaviour`, up to what does not depend on the outcome."""
    engine = examples.column("variant")
    by_device = np.array([-0.10, 0.20, 0.05])[_codes(examples, "device")]
    pages, time = examples.column("pages_viewed"), examples.column("time_spent_s")
    log_rate = 1.1 + 0.06 * engine + 0.25 * converted + 0.15 * temper + by_device
    log_time = 3.9 + 0.75 * np.log(pages) + 0.04 * engine + 0.15 * converted
    return np.exp((pages - 1) * (log_rate - 1.1) - np.exp(log_rate) - 2 * (np.log(time) - log_time) ** 2)


def _drawn_chance(block: Sessions, place: int, total: int, seed: int, profile: Profile) -> Floats:
    if profile != "planted":
        return np.full(len(block.user), NULL_RATE if profile == "null" else SEED_RATE)
    visitors = draw_visitors(np.random.default_rng([seed, place]), len(block.user), n_users(total), seed)
    return conversion_chance(visitors, moments(block.started_at))


def _by_variant(examples: Examples, profile: Profile) -> Floats:
    if profile == "seed":
        return np.full((len(examples), len(ENGINES)), SEED_RATE)
    cell = np.ravel_multi_index(_cell(examples), SHAPE)
    return np.column_stack([_chance(profile, engine).ravel()[cell] for engine in range(len(ENGINES))])


def _as_examples(blocks: list[Sessions]) -> Examples:
    def column(name: str) -> Floats:
        return np.concatenate([getattr(block, name) for block in blocks])

    columns = {feature.name: column(_FIELDS.get(feature.name, feature.name)) for feature in _FEATURES}
    features = tuple(_with_range(feature, columns[feature.name]) for feature in _FEATURES)
    converted = column("converted").astype(np.float64)
    user = np.unique(column("user"), return_inverse=True)[1]
    day = ((column("started_at") + _INDIA_S) // 86400).astype(np.int64)
    x = np.column_stack(list(columns.values())).astype(np.float64)
    return Examples(features, x, converted, np.ones(len(converted)), user, day)


def _with_range(feature: Feature, values: Floats) -> Feature:
    if feature.kind == "category":
        return feature
    after = feature.name in CONSEQUENCES
    low, high = float(values.min()), float(values.max())
    return Feature(feature.name, feature.label, "number", (), low, high, feature.unit, is_post_treatment=after)


_FIELDS = {"variant": "engine"}
_FEATURES = (
    Feature("age", "Age", "number"),
    Feature("gender", "Gender", "category", GENDERS),
    Feature("device", "Device", "category", DEVICES),
    Feature("location", "Location", "category", LOCATIONS),
    Feature("category", "Product category", "category", CATEGORIES, is_chosen_by_engine=True),
    Feature("variant", "Engine", "category", ENGINES),
    Feature("time_spent_s", "Time spent", "number", unit="s"),
    Feature("pages_viewed", "Pages viewed", "number"),
)
