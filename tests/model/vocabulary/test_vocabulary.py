import json
import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import ModelError
from model.examples import Feature
from model.vocabulary import Vocabulary

VOCABULARY = Vocabulary(
    (
        Feature("age", "Age", "number", low=16.0, high=75.0, unit="years", is_post_treatment=True),
        Feature("device", "Device", "category", ("Mobile", "Desktop", "Tablet"), aliases=(("Phone", "Mobile"),)),
        Feature("score", "Score", "number", low=0.1 + 0.2, high=1e300, has_missing=True),
    )
)
SESSION: dict[str, str | float | None] = {"age": 30, "device": "Desktop", "score": 1.5}


def test_a_stored_vocabulary_is_the_same_to_the_last_bit() -> None:
    text = json.dumps(VOCABULARY.to_json(), allow_nan=False)
    assert repr(Vocabulary.from_json(json.loads(text))) == repr(VOCABULARY)


def test_one_session_is_read_by_names_alone() -> None:
    other_order = {name: SESSION[name] for name in reversed(SESSION)}
    assert VOCABULARY.encode_one({"unknown": 1, **other_order}).x.tolist() == [30, 1, 1.5]


def test_each_oddity_of_one_session_is_told() -> None:
    found = VOCABULARY.encode_one({"age": 999, "device": "phone", "score": "abc"})
    np.testing.assert_array_equal(found.x, [75, 0, np.nan])
    assert [notice.split()[0] for notice in found.notices] == ["Age", "Device", "Score"]


def test_what_one_session_lacks_is_told_unless_it_was_learned_from() -> None:
    found = VOCABULARY.encode_one({})
    assert np.isnan(found.x).all()
    assert [notice.split()[0] for notice in found.notices] == ["Age", "Device"]


@given(
    st.lists(st.tuples(st.integers(16, 75), st.sampled_from(["Mobile", "Desktop", "Tablet"])), min_size=1), st.data()
)
def test_order_of_columns_and_codes_of_categories_never_matter(
    rows: list[tuple[int, str]], data: st.DataObject
) -> None:
    ages, devices = map(list, zip(*rows, strict=True))
    plain = VOCABULARY.encode({"age": ages, "device": devices, "score": [1.0] * len(rows)})
    categories = data.draw(st.permutations(["Mobile", "Desktop", "Tablet", "Watch"]))
    columns = {"age": ages, "device": pd.Categorical(devices, categories), "score": [1.0] * len(rows), "more": devices}
    order = data.draw(st.permutations([*columns]))
    found = VOCABULARY.encode({name: columns[name] for name in order})
    np.testing.assert_array_equal(found.x, plain.x)
    assert (found.faults, found.repairs) == ((), ())


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["16", "75.5", "999", "x", "", " 30 "]),
            st.sampled_from(["Mobile", "mobile ", "Watch", "", "PHONE"]),
        ),
        min_size=1,
    )
)
def test_many_sessions_are_read_as_each_one_is(rows: list[tuple[str, str]]) -> None:
    ages, devices = map(list, zip(*rows, strict=True))
    many = VOCABULARY.encode({"age": ages, "device": devices, "score": [1.0] * len(rows)})
    alone = [VOCABULARY.encode_one({"age": age, "device": device, "score": 1.0}) for age, device in rows]
    np.testing.assert_array_equal(many.x, [one.x for one in alone])
    told = {*many.reasons(), *many.notices()}
    assert told == {row for row, one in enumerate(alone) if one.notices}


def test_a_column_that_is_not_there_is_missing_for_all() -> None:
    found = VOCABULARY.encode({"age": [30, 40], "device": ["Mobile", "Tablet"]})
    np.testing.assert_array_equal(found.x, [[30, 0, np.nan], [40, 2, np.nan]])
    assert not found.is_faulty.any()
    assert set(found.notices()) == {0, 1}


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ModelError, match="different lengths"):
        VOCABULARY.encode({"age": [1], "device": ["Mobile", "Mobile"]})


def test_no_session_gives_no_row() -> None:
    assert VOCABULARY.encode({}).x.shape == (0, 3)
    assert VOCABULARY.encode({"age": [], "device": [], "score": []}).x.shape == (0, 3)


def test_one_session_takes_microseconds() -> None:
    VOCABULARY.encode_one(SESSION)
    took = []
    for _ in range(200):
        begun = time.perf_counter()
        VOCABULARY.encode_one(SESSION)
        took.append(time.perf_counter() - begun)
    assert np.median(took) < 50e-6


def test_very_many_unknown_words_are_all_refused() -> None:
    words = pa.array([f"word {place}" for place in range(20_000)])
    found = replace(VOCABULARY, features=VOCABULARY.features[1:2]).encode({"device": words})
    assert found.is_faulty.all()
    assert len(found.faults) == 1_000
