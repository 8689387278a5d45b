import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from model.cells import CellTable
from model.errors import ModelError
from model.predictor import WITHHELD, Predictor, predictor_of
from semantic.errors import UnknownNameError
from tests.model.trained_tasks import booster_of, cells_of, task_of

VISITOR: dict[str, str | float | None] = {
    "age": 31,
    "gender": "Female",
    "device": "Mobile",
    "location": "Kolkata",
    "category": "Books",
    "variant": "New",
}
PREDICTORS = [Predictor(task_of(), cells_of()), Predictor(task_of())]
WITHHELD_ONE = Predictor(task_of(is_withheld=True), cells_of())


@pytest.mark.parametrize("predictor", PREDICTORS, ids=["cells", "trees"])
def test_contributions_and_base_add_up_to_the_log_odds(predictor: Predictor) -> None:
    found = predictor.predict(VISITOR)
    logit = math.log(found.probability / (1 - found.probability))
    assert sum(c.log_odds for c in found.contributions) + found.base_log_odds == pytest.approx(logit, abs=1e-9)


def test_cells_and_trees_say_the_same() -> None:
    by_cells, by_trees = (predictor.predict(VISITOR) for predictor in PREDICTORS)
    assert by_cells.probability == pytest.approx(by_trees.probability, abs=1e-9)
    assert by_cells.base_log_odds == pytest.approx(by_trees.base_log_odds, abs=1e-9)
    assert {c.name for c in by_cells.contributions} == {c.name for c in by_trees.contributions} == set(VISITOR)


def test_the_sigmoid_stands_behind_the_trees() -> None:
    x = PREDICTORS[0].vocabulary.encode_one(VISITOR).x
    raw = booster_of().predict(x[None], raw_score=True)[0]
    expected = 1 / (1 + math.exp(-(0.9 * raw - 0.05)))
    assert PREDICTORS[0].predict(VISITOR).probability == pytest.approx(expected, abs=1e-9)


def test_contributions_tell_the_value_in_words_largest_first() -> None:
    found = PREDICTORS[0].predict(VISITOR).contributions
    sizes = [abs(each.log_odds) for each in found]
    assert sizes == sorted(sizes, reverse=True)
    assert {each.name: each.value_text for each in found}["location"] == "Kolkata"
    assert {each.name: each.value_text for each in found}["age"] == "31"


def test_the_interval_is_that_of_sessions_scored_alike() -> None:
    found = PREDICTORS[0].predict(VISITOR)
    assert 0.04 <= found.low < found.high <= 0.52
    assert 90 <= found.n_like <= 900


def test_a_value_that_was_repaired_counts_as_what_was_meant_and_is_told() -> None:
    found = PREDICTORS[0].predict(VISITOR | {"device": " mobile"})
    assert found.probability == PREDICTORS[0].predict(VISITOR).probability
    assert len(found.notices) == 1
    assert "'Mobile'" in found.notices[0]


@pytest.mark.parametrize("wrong", [{"age": 999}, {"device": "Fridge"}, {"age": "old"}])
def test_what_the_model_does_not_know_is_never_scored_silently(wrong: dict[str, str | float | None]) -> None:
    assert PREDICTORS[0].predict(VISITOR | wrong).notices


def test_without_signal_the_base_rate_is_predicted_and_nothing_explained() -> None:
    found = WITHHELD_ONE.predict(VISITOR)
    assert (found.probability, found.low, found.high, found.n_like) == (0.12, 0.115, 0.125, 20_000)
    assert (found.is_withheld, found.contributions, found.notices) == (True, (), (WITHHELD,))
    assert WITHHELD_ONE.what_if(VISITOR) == ()


def test_what_if_names_every_member_once_and_marks_what_it_is() -> None:
    options = {each.name: each.options for each in PREDICTORS[0].what_if(VISITOR)}
    assert [option.value_text for option in options["device"]] == ["Mobile", "Desktop", "Tablet"]
    assert [option.is_current for option in options["device"]] == [True, False, False]
    assert [option.value_text for option in options["age"] if option.is_current] == ["31"]


@pytest.mark.parametrize("predictor", PREDICTORS, ids=["cells", "trees"])
def test_each_option_is_what_would_be_predicted(predictor: Predictor) -> None:
    for each in predictor.what_if(VISITOR):
        for option in each.options:
            expected = predictor.predict(VISITOR | {each.name: option.value_text}).probability
            assert option.probability == pytest.approx(expected, abs=1e-12)


def test_what_is_missing_is_an_option_only_where_it_is_so() -> None:
    options = {each.name: each.options for each in PREDICTORS[0].what_if({"device": "Mobile"})}
    assert [option.value_text for option in options["gender"] if option.is_current] == ["(missing)"]
    assert "(missing)" not in [option.value_text for option in options["device"]]


def test_engines_are_told_one_against_the_other() -> None:
    found = dict(PREDICTORS[0].versus(VISITOR))
    assert list(found) == ["Old", "New"]
    assert found["New"] == PREDICTORS[0].predict(VISITOR)


def test_a_category_that_there_is_not_is_named() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'device'"):
        PREDICTORS[0].versus(VISITOR, "devise")


def test_threads_are_answered_alike() -> None:
    predictor = Predictor(task_of("retrospective"))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: predictor.predict(VISITOR).probability, range(40)))
    assert np.ptp(found) == 0


def test_what_predicts_imports_neither_lightgbm_nor_sklearn() -> None:
    code = "import sys, model.predictor; sys.exit('lightgbm' in sys.modules or 'sklearn' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_with_cells_lightgbm_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    predictor = Predictor(task_of(), CellTable.from_bytes(cells_of().to_bytes()))
    assert predictor.predict(VISITOR) == PREDICTORS[0].predict(VISITOR)
    assert predictor.what_if(VISITOR) == PREDICTORS[0].what_if(VISITOR)


def test_a_stored_version_is_served_by_its_table_where_it_has_one() -> None:
    assert predictor_of(task_of(), {"arrival/cells.npz": cells_of().to_bytes()}).cells
    assert predictor_of(task_of(), {}).cells is None


@pytest.mark.parametrize("damaged", [b"PK", b"no table", cells_of().to_bytes()[:5_000]])
def test_a_damaged_table_is_told_in_one_sentence(damaged: bytes) -> None:
    with pytest.raises(ModelError, match="the table of cells of arrival is damaged"):
        predictor_of(task_of(), {"arrival/cells.npz": damaged})
