"""Words of checks."""

from analytics.checks.words import counted, listed, p_text, share_text


def test_shares_have_as_many_decimals_as_tell_them_from_none_and_all() -> None:
    shares = [share_text(share) for share in (0, 1, 0.5, 0.0051, 0.99949, 0.00001)]
    assert [share.replace("\u00a0", " ") for share in shares] == [
        "0.0 %", "100.0 %", "50.0 %", "0.51 %", "99.949 %", "0.001 %"
    ]  # fmt: skip


def test_tiny_p_values_are_below_a_thousandth() -> None:
    said = [p_text(p).replace("\u00a0", " ") for p in (1.0, 0.0014, 0.00099, 0.0)]
    assert said == ["p = 1.000", "p = 0.001", "p < 0.001", "p < 0.001"]


def test_one_is_no_plural() -> None:
    assert [counted(n, "user") for n in (0, 1, 2)] == ["0 users", "1 user", "2 users"]


def test_lists_read_as_sentences() -> None:
    assert [listed(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert listed(["a", "b"], "or") == "a or b"
