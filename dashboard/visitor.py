"""Visitor: the one session that the predict page is asked for, and what the model says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dashboard.model_facts import ModelFacts
from model.errors import ModelError
from model.examples import Feature
from model.prediction import Prediction, WhatIf
from model.predictor import Predictor
from model.report import TaskReport
from model.vocabulary.meaning import Reader, reader_for
from semantic.catalog import VARIANT

PREFIX = "session-"
"""Begins the options of the URL that hold the session: ``session-device=Mobile``."""

UNKNOWN = "unknown"
"""Value of an option whose attribute is not known."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of the session.

    Attributes
    ----------
    feature : Feature
        Of the model.
    text : str
        Its value: a member, a number, `UNKNOWN`, or what was written where the model does not know it.
    usual : str
        What stands where nothing is chosen: the most frequent member, or the median.
    is_usual : bool
        Whether nothing is chosen.
    notice : str
        What must be said of the value; empty: nothing.
    """

    feature: Feature
    text: str
    usual: str
    is_usual: bool
    notice: str = ""

    @property
    def option(self) -> str:
        """Its key in the URL."""
        return PREFIX + self.feature.name

    @property
    def value(self) -> str | None:
        """What the model is asked with; None is missing."""
        return None if self.text == UNKNOWN and UNKNOWN not in self.feature.members else self.text


@dataclass(frozen=True)
class Visitor:
    """A session and what is said of it.

    Attributes
    ----------
    predictor : Predictor
        What is asked.
    task : TaskReport
        What is known of the model.
    attributes : tuple of Attribute
        In the order of the model.
    """

    predictor: Predictor
    task: TaskReport
    attributes: tuple[Attribute, ...]

    @property
    def values(self) -> Mapping[str, str | None]:
        """The session, by the names of features."""
        return {one.feature.name: one.value for one in self.attributes}

    @cached_property
    def prediction(self) -> Prediction:
        """Probability, interval and reasons."""
        return self.predictor.predict(self.values)

    @cached_property
    def what_if(self) -> tuple[WhatIf, ...]:
        """What each attribute might have been."""
        return self.predictor.what_if(self.values)

    @cached_property
    def engines(self) -> tuple[tuple[str, Prediction], ...]:
        """The prediction under each engine, all else equal; none where the model does not know the engine."""
        is_known = any(one.feature.name == VARIANT and one.feature.members for one in self.attributes)
        return self.predictor.versus(self.values) if is_known else ()


def visitor_of(model: ModelFacts, task: str, options: Mapping[str, str], usual: Mapping[str, str]) -> Visitor | str:
    """Return the session that a URL asks for, or the sentence why nothing can be said of it.

    Parameters
    ----------
    model : ModelFacts
        What is served.
    task : str
        Name of the model.
    options : mapping of str to str
        Of the URL.
    usual : mapping of str to str
        The most frequent member of each dimension.
    """
    report = model.report.task(task) if model.report else None
    if report is None or task not in set(model.predictors):
        return model.sentence
    try:
        predictor = model.predictors[task]
        attributes = tuple(attribute_of(feature, options, usual) for feature in predictor.task.features)
        return Visitor(predictor, report, attributes)
    except ModelError as error:
        return f"{error}."


def attribute_of(feature: Feature, options: Mapping[str, str], usual: Mapping[str, str]) -> Attribute:
    """Return one attribute of the session that a URL asks for.

    Parameters
    ----------
    feature : Feature
        Of the model.
    options, usual
        As of `visitor_of`.
    """
    expected = _usual(feature, usual)
    text = options.get(PREFIX + feature.name, expected)
    found = Attribute(feature, text, expected, PREFIX + feature.name not in options)
    value, reader = found.value, _reader(feature)
    meaning = reader.missing if value is None else reader.read(value)
    if value is not None and feature.kind == "category" and meaning.number == meaning.number:
        text = feature.members[int(meaning.number)]
    return Attribute(feature, text, expected, found.is_usual, meaning.notice if meaning.note else "")


def number_text(value: float) -> str:
    """Return a number as it stands in a URL.

    Examples
    --------
    >>> number_text(31.0), number_text(7.25)
    ('31', '7.25')
    """
    return str(int(value)) if float(value).is_integer() else repr(round(value, 6))


def _usual(feature: Feature, usual: Mapping[str, str]) -> str:
    if feature.kind == "number":
        return UNKNOWN if feature.median != feature.median else number_text(feature.median)
    first = feature.members[0] if feature.members else UNKNOWN
    return usual[feature.name] if usual.get(feature.name) in feature.members else first


@lru_cache(maxsize=256)
def _reader(feature: Feature) -> Reader:
    return reader_for(feature)
