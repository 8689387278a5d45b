"""Predictor: the answer for one session, with its reasons, and what it would be otherwise."""

import math
from collections.abc import Mapping, Sequence
from zipfile import BadZipFile

import numpy as np

from model.alike import interval_at
from model.cells import CellTable, cells_name
from model.errors import ModelError
from model.examples import Feature, Floats
from model.explainer import TreeExplainer
from model.prediction import Contribution, Option, Prediction, WhatIf
from model.trained import TrainedTask
from model.vocabulary import Vocabulary
from model.wording import steps_of, value_text
from semantic.catalog import VARIANT
from semantic.errors import UnknownNameError, unknown_name

Values = Mapping[str, str | float | None]

WITHHELD = (
    "No signal is shown in the data: nothing known of a session is shown to tell whether it converts, "
    "so the rate of all sessions is given."
)


class Predictor:
    """Answers of one trained task; may be asked by many threads at once.

    Parameters
    ----------
    task : TrainedTask
        The trees and what goes with them.
    cells : CellTable, optional
        Its table of cells; with it the trees are never read, nor LightGBM imported.
    """

    def __init__(self, task: TrainedTask, cells: CellTable | None = None) -> None:
        self.task, self.cells = task, cells
        self.vocabulary = Vocabulary(task.features)
        self.explainer = cells or TreeExplainer(task)

    def predict(self, values: Values) -> Prediction:
        """Return the probability that a session converts.

        Parameters
        ----------
        values : mapping of str to str, float or None
            By the names of features; None and an absent name are missing. What is repaired, unknown or out of range is
            told in the notices.
        """
        session = self.vocabulary.encode_one(values)
        return self._predicted(session.x.tolist(), session.notices)

    def what_if(self, values: Values) -> tuple[WhatIf, ...]:
        """Return for each feature the probability at each of its values, all else equal; nothing where withheld."""
        if self.task.is_withheld:
            return ()
        current = self.vocabulary.encode_one(values).x.tolist()
        choices = [_choices(feature, current[place]) for place, feature in enumerate(self.task.features)]
        rows = np.repeat(np.array([current]), sum(map(len, choices)), axis=0)
        ends = np.cumsum(list(map(len, choices))).tolist()
        for place, (end, chosen) in enumerate(zip(ends, choices, strict=True)):
            rows[end - len(chosen) : end, place] = chosen
        scores = probability_of(self.explainer.explain(rows).log_odds)
        return tuple(
            _what_if(feature, current[place], chosen, scores[end - len(chosen) : end])
            for place, (feature, end, chosen) in enumerate(zip(self.task.features, ends, choices, strict=True))
        )

    def versus(self, values: Values, feature: str = VARIANT) -> tuple[tuple[str, Prediction], ...]:
        """Return the prediction for each member of a category, all else equal.

        Parameters
        ----------
        values : mapping of str to str, float or None
            The session.
        feature : str
            Name of the category.

        Raises
        ------
        UnknownNameError
            Where no category of the model has that name.
        """
        members = {each.name: each.members for each in self.task.features if each.kind == "category"}
        if feature not in members:
            raise UnknownNameError(unknown_name("category", feature, members))
        return tuple((member, self.predict({**values, feature: member})) for member in members[feature])

    def _predicted(self, x: Sequence[float], notices: tuple[str, ...]) -> Prediction:
        if self.task.is_withheld:
            return self._withheld(notices)
        log_odds, contributions, base = self._explained(x)
        probability = 1 / (1 + math.exp(-log_odds))
        low, high, n_like = interval_at(self.task.neighbours, probability)
        reasons = [
            Contribution(feature.name, feature.label, value_text(feature, value), amount)
            for feature, value, amount in zip(self.task.features, x, contributions, strict=True)
        ]
        ordered = tuple(sorted(reasons, key=lambda reason: -abs(reason.log_odds)))
        return Prediction(probability, low, high, n_like, self.task.base_rate, base, ordered, notices)

    def _explained(self, x: Sequence[float]) -> tuple[float, list[float], float]:
        if self.cells:
            return self.cells.explain_one(x)
        log_odds, contributions, base = self.explainer.explain(np.array([x]))
        return float(log_odds[0]), contributions[0].tolist(), base

    def _withheld(self, notices: tuple[str, ...]) -> Prediction:
        rate = self.task.base_rate
        value = rate.value or 0.0
        base = math.log(value / (1 - value)) if 0 < value < 1 else math.copysign(math.inf, value - 0.5)
        told = (WITHHELD, *notices)
        return Prediction(value, rate.low, rate.high, rate.n, rate, base, (), told, is_withheld=True)


def predictor_of(task: TrainedTask, files: Mapping[str, bytes]) -> Predictor:
    """Return the predictor of a task of a stored version.

    Parameters
    ----------
    task : TrainedTask
        As stored.
    files : mapping of str to bytes
        Of the version; the table of cells is read where it is among them.

    Raises
    ------
    ModelError
        Where the table is damaged.
    """
    data = files.get(cells_name(task.name))
    try:
        return Predictor(task, CellTable.from_bytes(data) if data and not task.is_withheld else None)
    except (ValueError, KeyError, OSError, BadZipFile) as error:
        raise ModelError(
            f"the table of cells of {task.name} is damaged; run python -m model train --force, or promote --back"
        ) from error


def probability_of(log_odds: Floats) -> Floats:
    """Return probabilities of log odds, shape kept."""
    return np.asarray(1 / (1 + np.exp(-log_odds)))


def _choices(feature: Feature, current: float) -> list[float]:
    """Return what a feature might be: each member, or steps over the learned range, and what it is."""
    if feature.kind == "category":
        choices = [float(code) for code in range(len(feature.members))]
        return [*choices, math.nan] if current != current else choices
    steps = steps_of(feature.low, feature.high)
    return [*steps, math.nan] if current != current else sorted({*steps, current})


def _what_if(feature: Feature, current: float, choices: list[float], scores: Floats) -> WhatIf:
    is_missing = current != current
    options = tuple(
        Option(value_text(feature, choice), score, choice == current or (choice != choice and is_missing), choice)
        for choice, score in zip(choices, scores.tolist(), strict=True)
    )
    return WhatIf(feature.name, feature.label, value_text(feature, current), options)
