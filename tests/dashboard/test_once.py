"""What follows from a version is made once for it."""

from itertools import count

from dashboard.once import OnceAVersion


def test_it_is_made_once_a_version() -> None:
    numbers = count(1)
    kept = OnceAVersion(lambda: next(numbers))
    assert [kept.of(version) for version in ("a", "a", "b", "a")] == [1, 1, 2, 3]
