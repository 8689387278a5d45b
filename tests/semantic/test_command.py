import pytest

from semantic.command import FAULT, STOPPED, exit_code
from semantic.errors import InputError


def raising(error: BaseException) -> int:
    raise error


def test_a_command_ends_with_its_own_code_or_well() -> None:
    assert exit_code(lambda: 1, "") == 1
    assert exit_code(lambda: None, "") == 0
    assert exit_code(lambda: raising(BrokenPipeError()), "") == 0, "whoever reads the output has seen enough"


def test_a_fault_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(lambda: raising(InputError("n is 0, must be 1; write 1")), "") == FAULT
    assert capsys.readouterr().err == "n is 0, must be 1; write 1\n"


def test_who_stops_a_command_reads_what_is_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(lambda: raising(KeyboardInterrupt()), "the data is as it was before") == STOPPED
    assert capsys.readouterr().err == "stopped; the data is as it was before\n"


def test_a_fault_of_the_program_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        exit_code(lambda: raising(ZeroDivisionError()), "")
