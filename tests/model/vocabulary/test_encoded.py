import numpy as np

from model.vocabulary.encoded import MOST_FLAGS, Encoded, Flag, flags_of
from model.vocabulary.meaning import Meaning

FINE, ODD, BAD = Meaning(1.0), Meaning(1.0, "it is odd"), Meaning(np.nan, "it is bad", is_fault=True)


def test_each_value_is_told_once_with_all_its_rows() -> None:
    faults, repairs = flags_of("age", np.array([1, 0, 2, 1]), [FINE, ODD, BAD])
    assert [(flag.feature, flag.why, flag.rows.tolist()) for flag in repairs] == [("age", "it is odd.", [0, 3])]
    assert [(flag.why, flag.rows.tolist()) for flag in faults] == [("it is bad.", [2])]


def test_a_column_without_a_word_has_no_flag() -> None:
    assert flags_of("age", np.zeros(3, np.int64), [FINE]) == ([], [])
    assert flags_of("age", np.zeros(0, np.int64), [FINE, BAD]) == ([], [])


def test_of_very_many_values_the_last_are_told_together() -> None:
    n = MOST_FLAGS + 10
    faults, _ = flags_of("age", np.arange(n)[::-1], [BAD] * n)
    assert len(faults) == MOST_FLAGS
    assert faults[-1].why == "11 more values like this one: it is bad."
    assert sorted(row for flag in faults for row in flag.rows) == [*range(n)]


def test_a_row_has_all_its_reasons() -> None:
    first, second = Flag("a", "One.", np.array([0, 2])), Flag("b", "Two.", np.array([2]))
    found = Encoded(np.zeros((4, 2)), (first, second), (second,))
    assert found.is_faulty.tolist() == [True, False, True, False]
    assert found.reasons() == {0: "One.", 2: "One. Two."}
    assert found.notices() == {2: "Two."}
