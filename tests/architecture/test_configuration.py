"""docs/configuration.md names every key that config.yaml may hold, with its default, and no other."""

import re

import pytest
from pydantic import BaseModel

from config.experiment_spec import ExperimentSpec
from config.model_spec import ModelSpec
from config.spec import (
    CleaningSpec,
    DisplaySpec,
    FieldSpec,
    FileSpec,
    LookupSpec,
    RuleSpec,
    SourceSpec,
)
from tests.architecture.code import ROOT

SECTIONS: dict[str, type[BaseModel]] = {
    "Top level": FileSpec,
    "source": SourceSpec,
    "source.lookups": LookupSpec,
    "fields": FieldSpec,
    "cleaning": CleaningSpec,
    "cleaning.rules": RuleSpec,
    "display": DisplaySpec,
    "model": ModelSpec,
    "experiment": ExperimentSpec,
}
_ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (.*?) ?\|$", re.MULTILINE)


def rows_of(title: str) -> dict[str, str]:
    """Return key and documented default of each row in a section."""
    text = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    parts = re.split(r"^#+ (.+)\n", text, flags=re.MULTILINE)
    section = dict(zip(parts[1::2], parts[2::2], strict=True))[title]
    return {key: default for key, _, default in _ROW.findall(section)}


@pytest.mark.parametrize(("title", "model"), SECTIONS.items(), ids=SECTIONS)
def test_every_key_is_documented_and_no_other(title: str, model: type[BaseModel]) -> None:
    assert list(rows_of(title)) == list(model.model_fields)


@pytest.mark.parametrize(("title", "model"), SECTIONS.items(), ids=SECTIONS)
def test_documented_defaults_are_those_of_the_code(title: str, model: type[BaseModel]) -> None:
    defaults = {key: field.default for key, field in model.model_fields.items()}
    written = {
        key: f"`{value}`" for key, value in defaults.items() if isinstance(value, str | int | float) and value != ""
    }
    found = rows_of(title)
    assert {key: found[key] for key in written} == written


@pytest.mark.parametrize(("title", "model"), SECTIONS.items(), ids=SECTIONS)
def test_needed_keys_are_called_needed(title: str, model: type[BaseModel]) -> None:
    needed = {key for key, field in model.model_fields.items() if field.is_required()}
    assert {key for key, default in rows_of(title).items() if default == "needed"} == needed
