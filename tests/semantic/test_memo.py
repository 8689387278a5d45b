from semantic.memo import Memo


def test_a_result_is_computed_once() -> None:
    memo, numbers = Memo(2), iter([7, 8])
    assert [memo.get("a", lambda: next(numbers)) for _ in range(3)] == [7, 7, 7]


def test_what_was_not_asked_for_longest_goes_first() -> None:
    memo = Memo(2)
    for key in ("a", "b", "a", "c"):
        memo.get(key, key.lower)
    assert memo.get("a", lambda: "anew") == "a"
    assert memo.get("b", lambda: "anew") == "anew"


def test_results_can_be_kept_and_recalled() -> None:
    memo = Memo(1)
    memo.keep("a", 1)
    assert (memo.recall("a"), memo.recall("b")) == (1, None)
    memo.keep("b", 2)
    assert (memo.recall("a"), memo.recall("b")) == (None, 2)
