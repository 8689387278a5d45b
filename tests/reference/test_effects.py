"""Effects through the product's own load: a published experiment against the figures of others, simulated truths."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from scipy.special import ndtri

from analytics.analysis import Params, Request, run
from analytics.comparison import COMPARISON
from analytics.effects import EFFECTS
from analytics.effects.result import EffectsResult, TreatmentEffect
from config import load_config
from etl.pipeline import load
from etl.progress import Reporter
from etl.sources.synthetic.truth import truth
from semantic.database import engine_for
from semantic.filter import Filter
from semantic.store import Store
from tests.reference.test_real_data import EXAMPLES, loaded

ROOT = Path(__file__).resolve().parents[2]


def effects(store: Store, where: str = "", **params: Any) -> EffectsResult:
    return run(store, [Request(EFFECTS, Filter.from_query(where), Params(**params))])[0]  # type: ignore[no-any-return]


def effect(store: Store, where: str = "", **params: Any) -> TreatmentEffect:
    """Return what is said of conversion per session."""
    return effects(store, where, **params).outcomes[0].effects[0]


@pytest.fixture(scope="module")
def landing_page(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Store:
    folder = tmp_path_factory.mktemp("landing")
    project = loaded("udacity_ab", folder, shared_data)
    config = load_config(folder / "config.yaml", {"DATA_DIR": str(shared_data / "udacity_ab")})
    assert (EXAMPLES / "udacity_ab.yaml").is_file()
    return Store(engine_for(project.url, read_only=True), config.catalog)


@pytest.fixture(scope="module")
def figures(shared_data: Path) -> dict[str, Any]:
    return json.loads((shared_data / "expected.json").read_text())["udacity_ab"]  # type: ignore[no-any-return]


@pytest.mark.parametrize("where", ["", "country=US", "country=UK", "country=CA"])
def test_the_published_experiment_has_its_z_test(landing_page: Store, figures: dict[str, Any], where: str) -> None:
    """The score statistic is the pooled z times √((N − 1) / N)."""
    part = figures["by_country"][where.removeprefix("country=")] if where else figures["clean"]
    found = effect(landing_page, where, method="fixed")
    n = part["control"]["n"] + part["treatment"]["n"]
    z = float(ndtri(found.p_value / 2)) * (n / (n - 1)) ** 0.5
    assert -abs(z) == pytest.approx(-abs(part["z_pooled"]), rel=1e-9)
    assert found.p_value == pytest.approx(part["p_pooled_two_sided"], rel=1e-4)
    assert [found.difference.low, found.difference.high] == pytest.approx(
        part["ci95_diff_miettinen_nurminen"], abs=7e-6
    )


def test_the_published_experiment_shows_nothing(landing_page: Store, figures: dict[str, Any]) -> None:
    for method in ("sequential", "fixed"):
        result = effects(landing_page, method=method)
        assert result.headline == "No difference between treatment and control can be shown."
    chance = figures["clean"]["bayes_beta11"]["chance_treatment_beats_control"]
    assert result.outcomes[0].effects[0].chance_to_beat == pytest.approx(chance, rel=1e-9)


def test_the_published_experiment_has_its_lift(landing_page: Store, figures: dict[str, Any]) -> None:
    found, expected = effect(landing_page, method="fixed").lift, figures["clean"]
    assert found.value == pytest.approx(expected["rel_lift"], rel=1e-10)
    low, high = (end - 1 for end in expected["ci95_ratio_log_katz"])
    assert (found.low, found.high) == pytest.approx((low, high), abs=2e-5)


def simulated(folder: Path, profile: str | None, sessions: int) -> Store:
    """Return a store of a profile, loaded as the product loads it."""
    text = yaml.safe_load((ROOT / "config.yaml").read_text())
    text["source"] = {"kind": "synthetic", "profile": profile, "sessions": sessions, "seed": 42}
    (folder / "config.yaml").write_text(yaml.safe_dump(text | {"database": f"sqlite:///{folder / 'data.db'}"}))
    config = load_config(folder / "config.yaml", {})
    load(config, Reporter())
    return Store(engine_for(config.database_url, read_only=True), config.catalog)


def test_planted_effects_lie_within_their_intervals(tmp_path: Path) -> None:
    store, true = simulated(tmp_path, "planted", 100_000), truth("planted", 100_000, 42)
    for method in ("sequential", "fixed"):
        found = effect(store, method=method)
        assert found.difference.low < true["effect"]["absolute"] < found.difference.high
        assert found.lift.low < true["effect"]["relative"] < found.lift.high
        assert found.shown == "more"


@pytest.mark.parametrize("profile", ["null", "seed"])
def test_where_nothing_was_planted_nothing_is_shown(tmp_path: Path, profile: str) -> None:
    store = simulated(tmp_path, profile, 20_000)
    result, comparison = effects(store), run(store, [Request(COMPARISON)])[0]
    assert result.headline == comparison.headline == "No difference between New and Old can be shown."
    assert {one.shown for outcome in result.outcomes for one in outcome.effects} <= {"open", "unknown"}
