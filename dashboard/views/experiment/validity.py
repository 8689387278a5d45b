"""Validity: whether the comparison can be trusted, as a checklist; what failed stands first."""

import re
from collections.abc import Iterator
from functools import partial

from analytics.checks.check import Check, Detail
from analytics.checks.crossed import NAME as CROSSED
from analytics.validity import VALIDITY, ValidityResult
from dashboard.format import ABSENT, NumberFormat
from dashboard.sheets.blocks import Block
from dashboard.sheets.checklist import WORDS, Item, checklist
from dashboard.sheets.words import small_rate
from dashboard.table import Cell, Column, Table
from dashboard.view import Context, View
from dashboard.views.experiment.shown import About, Shown, p_value, sheet_view

_HELP = (
    "What must hold before any effect is read: engines were given to users as planned, and the comparison keeps to "
    "what that protects. A test fails where chance alone would look like this less than once in a thousand experiments."
)
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_POLICIES = {
    "keep": "Loading keeps such users with both engines.",
    "first": "Loading kept such users with the engine that they saw first alone.",
    "exclude": "Loading left such users out: those who come often are the likeliest to be among them.",
}


def validity_views(context: Context) -> tuple[View, ...]:
    """Return the card of the checks."""
    about = About("validity", "Can this comparison be trusted?", "before any effect is read", _HELP)
    shown = Shown(partial(_blocks, context=context), _table, partial(_summary, write=context.number_format))
    return (sheet_view(context, VALIDITY, about, shown),)


def _blocks(result: ValidityResult, context: Context) -> list[Block]:
    items = [_item(check, result, context) for check in result.checks]
    return [checklist(_summary(result, context.number_format), result.status, items)]


def _item(check: Check, result: ValidityResult, context: Context) -> Item:
    write = context.number_format
    text = check.sentence
    if check.name == CROSSED and check.status != "unknown":
        text = f"{text} {_POLICIES[context.config.cleaning.users_in_two_variants]}"
    numbers = tuple((detail.label, _value(detail, write)) for detail in check.details)
    return Item(check.status, check.label, _told(text, result, context), _told(check.remedy, result, context), numbers)


def _told(text: str, result: ValidityResult, context: Context) -> str:
    """Return a sentence with its numbers and days as configured."""
    days = context.day_format
    return _DAY.sub(lambda found: days.day(found[0]), context.number_format.regrouped(text, result.variants))


def _value(detail: Detail, write: NumberFormat) -> str:
    if detail.value is None:
        return ABSENT
    if detail.unit == "count":
        return write.count(detail.value)
    if detail.unit == "fraction":
        return small_rate(detail.value, write)
    if detail.unit == "points":
        return write.difference(detail.value, "fraction", (detail.value,))
    return p_value(detail.value, write) if detail.unit == "p" else write.fixed(detail.value, 3)


def _table(result: ValidityResult) -> Table:
    columns = (
        Column("check", "Check"),
        Column("status", "Status"),
        Column("p_value", "p", "number", "How often chance alone would look like this; none where it is no test."),
        Column("found", "Found"),
        Column("remedy", "What to do"),
        Column("number", "Number behind it"),
        Column("value", "Value", "number", "As a fraction where it is a share."),
    )
    return Table(columns, tuple(row for check in result.checks for row in _rows(check)))


def _rows(check: Check) -> Iterator[tuple[Cell, ...]]:
    yield (check.label, WORDS[check.status], check.p_value, check.sentence, check.remedy or None, None, None)
    for detail in check.details:
        yield (check.label, WORDS[check.status], None, None, None, detail.label, detail.value)


def _summary(result: ValidityResult, write: NumberFormat) -> str:
    return write.regrouped(result.headline, result.variants)
