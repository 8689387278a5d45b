from datetime import date

import numpy as np

from config import Config
from model.examples import NO_DAY, OTHER, Feature
from model.reading.decoding import column_of, days_of, decoder_for
from semantic.store import Store


def test_members_are_codes_and_what_is_missing_is_nan() -> None:
    decode = decoder_for(Feature("device", "Device", "category", ("Mobile", "Desktop")))
    np.testing.assert_array_equal(decode(["Desktop", "Mobile", "(missing)", None]), [1, 0, np.nan, np.nan])


def test_rare_members_are_the_other_one() -> None:
    assert decoder_for(Feature("city", "City", "category", ("Pune", OTHER)))(["Goa", "Pune"]).tolist() == [1, 0]


def test_numbers_stand_as_they_are() -> None:
    np.testing.assert_array_equal(decoder_for(Feature("age", "Age", "number"))([30, None, 1.5]), [30, np.nan, 1.5])


def test_days_are_counted_from_1970_whatever_the_driver_gives() -> None:
    assert days_of(["1970-01-02", date(1970, 1, 11), None]).tolist() == [1, 10, NO_DAY]


def test_the_band_of_age_is_read_in_years(sqlite: tuple[Store, Config]) -> None:
    store, config = sqlite
    table = store.snapshot().table
    assert column_of(Feature("age", "Age", "number"), config, table) is table.c["age"]
    assert column_of(Feature("revenue", "Revenue", "number"), config, table) is table.c["revenue"]
