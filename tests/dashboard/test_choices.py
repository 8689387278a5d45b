"""Cards offer the dimensions that fit them, what they open with first."""

from dataclasses import replace

import pytest

from dashboard.choices import choice_of, first_of_kind, short_dimensions
from dashboard.view import Context
from semantic.domain import Domain


def names(context: Context) -> list[str]:
    """Return the names of the dimensions that fit a card."""
    return [dimension.name for dimension in short_dimensions(context)]


def test_what_a_card_opens_with_stands_first(context: Context) -> None:
    choice = choice_of("metric-by", "by", short_dimensions(context), "gender", taken="age")
    assert (choice.values[0], choice.taken) == (("gender", "Gender"), "age")
    assert {word for word, _ in choice.values} == set(names(context))


def test_sixty_days_do_not_fit_and_a_month_does(context: Context) -> None:
    assert "day" not in names(context)
    days = context.snapshot.domains["day"]
    domains = dict(context.snapshot.domains) | {"day": Domain(days.dimension, days.members[:30])}
    shorter = replace(context.snapshot, cube=replace(context.snapshot.cube, domains=domains))
    assert "day" in names(Context(context.config, shorter))


def test_engines_are_no_choice(context: Context) -> None:
    assert "variant" not in names(context)


@pytest.mark.parametrize(
    ("kinds", "but", "expected"),
    [(("place", "category"), "", "location"), (("category",), "device", "category"), (("time",), "", "device")],
)
def test_the_first_dimension_of_a_kind_is_found(
    context: Context, kinds: tuple[str, ...], but: str, expected: str
) -> None:
    assert first_of_kind(short_dimensions(context), *kinds, but=but) == expected


def test_without_dimensions_there_is_no_first() -> None:
    assert first_of_kind((), "place") == ""
