"""The model card, and how the model was trained."""

from dashboard.sheets.blocks import Block, copying, groups, paragraph
from dashboard.sheets.model.shown import TASK, Shown, Told, main_learner, model_sheet
from dashboard.table import Column
from model.registry.card import model_card


def _groups(shown: Shown) -> list[tuple[str, list[tuple[str, str]]]]:
    learners = [(one.label, list(one.settings.items())) for one in shown.task.learners if one.settings]
    knows = [(feature.label, _range(feature.members, feature.low, feature.high)) for feature in shown.task.features]
    return [("Goes by", knows), ("Configuration", list(shown.report.settings.items())), *learners]


def _range(members: tuple[str, ...], low: float | None, high: float | None) -> str:
    if members:
        return f"{len(members)} values"
    return "" if low is None or high is None else f"{low:g} to {high:g}"


def _blocks(shown: Shown) -> list[Block]:
    card = copying(model_card(shown.report), "Copy the model card")
    return [paragraph(_summary(shown)), groups(_groups(shown)), card]


def _rows(shown: Shown) -> list[tuple[str, str, str]]:
    return [(title, name, value) for title, pairs in _groups(shown) for name, value in pairs]


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
