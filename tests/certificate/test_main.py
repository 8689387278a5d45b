"""The command of the certificate takes all parts, or those that are named."""

import pytest

from tests.certificate import __main__ as command
from tests.certificate.part import Section
from tests.certificate.parts import PARTS


def asked(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[str]:
    """Return the parts that the command measures."""
    found: list[str] = []

    def show(letter: str) -> Section:
        found.append(letter)
        return Section("", is_kept=True, text="")

    monkeypatch.setattr(command, "_shown", show)
    monkeypatch.setattr(command, "write", lambda: "written")
    assert command.main([*arguments]) == 0
    return found


def test_without_a_name_all_parts_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch) == list(PARTS)


def test_a_part_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch, "c") == ["c"]


def test_an_unknown_part_is_refused_with_those_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["z"])
    assert "'z' is no part, must be one of a b c" in capsys.readouterr().err
