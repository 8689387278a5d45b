"""Policy: an engine by visitor, its value against one engine for all, and its rules in words."""

from collections.abc import Iterator

from analytics.estimate import Estimate
from dashboard.sheets.blocks import Block, cell, heading, listing, paragraph, rows_of
from dashboard.sheets.model.shown import Shown, model_sheet
from dashboard.sheets.model.words import told
from dashboard.sheets.told import Told
from dashboard.table import Cell, Column, estimate_cells, estimate_columns
from model.report import Policy

_COLUMNS = (
    Column("about", "About"),
    *estimate_columns("value", "Value", "fraction", "A conversion rate, or a difference of two."),
)
_NONE = "No policy: the verdict on whether the effect differs between visitors forbids one."


def _named(found: Policy, shown: Shown) -> list[tuple[str, Estimate, bool]]:
    """Return name and value of each figure, and whether it is a difference."""
    control, treatment = shown.uplift.control, shown.uplift.treatment
    return [
        ("An engine by visitor", found.value, False),
        (f"{treatment} for all", found.value_all_treatment, False),
        (f"{control} for all", found.value_all_control, False),
        (f"By visitor less {treatment} for all", found.over_treatment, True),
        (f"By visitor less {control} for all", found.over_control, True),
        ("By visitor less the better of the two", found.over_better, True),
    ]


def _blocks(shown: Shown) -> list[Block]:
    found = shown.uplift.policy
    if found is None:
        return [paragraph(_NONE, "quiet")]
    rows = [(n, told(e, "points" if is_less else "fraction", shown.write)) for n, e, is_less in _named(found, shown)]
    share = (f"Visitors given {shown.uplift.treatment}", shown.write.rate(found.share_treatment))
    return [paragraph(_summary(shown), "" if found.is_refused else "good"), listing([*rows, share]), *_rules(shown)]


def _rules(shown: Shown) -> list[Block]:
    found = shown.uplift
    if not found.rules or (found.policy and found.policy.is_refused):
        return []
    worth = [paragraph(shown.write.regrouped(found.rules_policy.sentence))] if found.rules_policy else []
    rows = [[engine, cell(whom, is_wide=True)] for engine, whom in found.rules]
    return [heading("In words"), rows_of("Rules", ("Engine", "Where"), rows), *worth]


def _rows(shown: Shown) -> Iterator[tuple[Cell, ...]]:
    found = shown.uplift.policy
    for name, estimate, _ in _named(found, shown) if found else ():
        yield name, *estimate_cells(estimate)


def _summary(shown: Shown) -> str:
    found = shown.uplift.policy
    if found is None:
        return _NONE
    sentence = shown.write.regrouped(found.sentence)
    return f"Refused: {sentence[:1].lower()}{sentence[1:]}" if found.is_refused else sentence


POLICY = model_sheet(
    "model-policy",
    "Is an engine by visitor worth it?",
    Told(_blocks, _COLUMNS, _rows, _summary),
    needs="uplift",
    width=6,
    help="The conversion rate that the policy would have, doubly robust and of visitors that it was not made from. It "
    "is refused where the interval of what it gains over the better engine for all holds zero.",
)
