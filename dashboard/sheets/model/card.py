"""The model card, and how the model was trained."""

from collections.abc import Mapping

from dashboard.sheets.blocks import Block, copying, groups, paragraph
from dashboard.sheets.model.shown import TASK, Shown, main_learner, model_sheet
from dashboard.sheets.told import Told
from dashboard.table import Column
from model.registry.card import model_card

_MOST = 1e12


def _groups(shown: Shown) -> list[tuple[str, list[tuple[str, str]]]]:
    learners = [(one.label, _short(one.settings, shown)) for one in shown.task.learners if one.settings]
    knows = [(feature.label, _range(feature.members, feature.low, feature.high)) for feature in shown.task.features]
    return [("Goes by", knows), ("Configuration", _short(shown.report.settings, shown)), *learners]


def _short(settings: Mapping[str, str], shown: Shown) -> list[tuple[str, str]]:
    """Return settings as people read them: four digits of a fraction are enough."""
    return [(name, _told(value, shown)) for name, value in settings.items()]


def _told(value: str, shown: Shown) -> str:
    try:
        number = float(value)
    except ValueError:
        return {"True": "yes", "False": "no"}.get(value, value)
    return shown.write.count(number) if number.is_integer() and abs(number) < _MOST else f"{number:.4g}"


def _range(members: tuple[str, ...], low: float | None, high: float | None) -> str:
    if members:
        return f"{len(members)} values"
    return "" if low is None or high is None else f"{low:g} to {high:g}"


def _blocks(shown: Shown) -> list[Block]:
    card = copying(model_card(shown.report), "Copy the model card")
    return [paragraph(_summary(shown)), groups(_groups(shown)), card]


def _rows(shown: Shown) -> list[tuple[str, str, str]]:
    exact = {(one.label, name): value for one in shown.task.learners for name, value in one.settings.items()}
    exact |= {("Configuration", name): value for name, value in shown.report.settings.items()}
    return [(title, name, exact.get((title, name), value)) for title, pairs in _groups(shown) for name, value in pairs]


def _summary(shown: Shown) -> str:
    ours = main_learner(shown.task)
    seconds = shown.write.fixed(ours.seconds, 1)
    return (
        f"{shown.task.title}: LightGBM, trained in {seconds} s. It ranks and describes sessions of the kind that it "
        "learned from; it never decides about a person, and what it goes by is no cause."
    )


CARD = model_sheet(
    "model-card",
    "Model card, and how it was trained",
    Told(_blocks, (Column("section", "Section"), Column("name", "Name"), Column("value", "Value")), _rows, _summary),
    choices=(TASK,),
    help="What the model is for, what it was learned from, how good it is and where its limits are: stored with it.",
)
