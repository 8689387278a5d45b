"""Every section refuses what it does not know, and never changes."""

import pytest
from pydantic import ValidationError

from config.part import Part


class Section(Part):
    size: int = 1


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Section.model_validate({"sise": 2})


def test_a_section_never_changes() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Section().size = 2  # type: ignore[misc]
