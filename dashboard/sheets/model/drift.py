"""Drift: whether the sessions of today are still those that the model learned from."""

from dashboard.sheets.blocks import Block, Cell, beside, cell, listing, paragraph, rows_of
from dashboard.sheets.facts import Facts
from dashboard.sheets.model.words import number, p_value, told
from dashboard.sheets.sheet import Sheet
from dashboard.table import Column, Table
from model.report import Drift, FeatureDrift
from model.task import TASKS

_NONE = "Nobody has looked yet; the command python -m model drift does."
_COLUMNS = (
    Column("about", "About", "text", "attribute, or score of a model."),
    Column("name", "Name"),
    Column("stability", "Stability index", "score", "Population stability index; 0 is no difference."),
    Column("noise", "Chance", "score", "What chance alone keeps the index below in 95 of 100 cases."),
    Column("p_value", "p", "score", "That nothing is different, clustered by user."),
    Column("p_adjusted", "p after Holm", "score", "Over all that was looked at."),
)
_LEVEL = 0.01


def _blocks(facts: Facts) -> list[Block]:
    found = facts.model.drift
    if found is None:
        return [paragraph(_NONE, "quiet")]
    everything = [*found.features, *found.scores]
    most = max([one.stability for one in everything] + [one.noise for one in everything] + [1e-9])
    heads = ("Attribute", "", "#Stability index", "#Chance alone", "#p, Holm")
    rows = [_row(one, most, facts) for one in everything]
    table = [rows_of("Drift", heads, rows, is_dense=True)] if rows else []
    tone = "good" if found.verdict == "no drift shown" else ""
    return [
        paragraph(_said(found, facts), tone),
        *([beside(*parts)] if (parts := [*_sides(found, facts), *table]) else []),
    ]


def _said(found: Drift, facts: Facts) -> str:
    """Return the verdict, with days and numbers as the page writes them."""
    sentence, written = found.sentence, " to ".join(found.recent_days)
    if found.recent_days[0]:
        sentence = sentence.replace(written, facts.context.day_format.days(*found.recent_days))
    return facts.write.regrouped(sentence)


def _row(one: FeatureDrift, most: float, facts: Facts) -> list[Cell]:
    write, title = facts.write, _titles().get(one.name)
    return [
        cell(f"Scores {title.lower()}" if title else one.label, under="shifted" if one.p_adjusted < _LEVEL else ""),
        cell("", bar=one.stability / most),
        number(one.stability, "loss", write),
        number(one.noise, "loss", write),
        p_value(one.p_adjusted, write).removeprefix("p = "),
    ]


def _titles() -> dict[str, str]:
    return {task.name: task.title for task in TASKS}


def _sides(found: Drift, facts: Facts) -> list[Block]:
    if not found.n_recent:
        return []
    write, days = facts.write, facts.context.day_format
    sides = [
        (name, cell(f"{write.count(n)} sessions", under=days.days(*span) if span[0] else ""))
        for name, n, span in (
            ("Recent", found.n_recent, found.recent_days),
            ("Before", found.n_reference, found.reference_days),
        )
    ]
    shifts = [
        (f"Mean score {_titles().get(one.name, one.label).lower()}, shift", told(shift, "points", write))
        for one, shift in zip(found.scores, found.score_shift, strict=False)
    ]
    apart = [("Told apart by a model, AUC", _apart(found, facts))] if found.domain_auc else []
    return [listing([*sides, *shifts, *apart])]


def _apart(found: Drift, facts: Facts) -> Cell:
    return cell(
        told(found.domain_auc, "score", facts.write), under=f"{p_value(found.p_domain, facts.write)} after Holm"
    )


def _table(facts: Facts) -> Table:
    found = facts.model.drift
    both = (("attribute", found.features), ("score", found.scores)) if found else ()
    return Table(
        _COLUMNS,
        tuple(
            (about, one.label, one.stability, one.noise, one.p_value, one.p_adjusted)
            for about, some in both
            for one in some
        ),
    )


def _summary(facts: Facts) -> str:
    if facts.model.report is None:
        return facts.model.sentence
    return _said(facts.model.drift, facts) if facts.model.drift else _NONE


def _is_absent(facts: Facts) -> bool:
    return facts.model.report is None


DRIFT = Sheet(
    "model-drift",
    "Are today's sessions those it learned from?",
    _blocks,
    _table,
    _summary,
    page="model",
    is_absent=_is_absent,
    help="Recent sessions against those learned from: each attribute and the scores by their population stability "
    "index, with what chance alone would give, and all at once by trees that try to tell the two apart.",
)
