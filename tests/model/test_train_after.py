import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from model import train_after
from tests.model.conftest import ROOT

_SCRIPT = ROOT / "model" / "train_after.py"


def python(text: str) -> list[str]:
    return [sys.executable, "-c", text]


def test_a_command_that_fails_is_not_followed_by_a_training(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.train_after.os.execv", lambda *_: pytest.fail("a training began"))
    assert train_after.main(python("raise SystemExit(2)")) == 2


def test_one_that_succeeds_is(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[list[str]] = []
    monkeypatch.setattr("model.train_after.os.execv", lambda _program, arguments: begun.append(arguments))
    train_after.main(python("pass"))
    assert begun == [[sys.executable, "-m", "model", "train", "--quiet", "--gently"]]


def test_told_to_end_it_ends_the_command(tmp_path: Path) -> None:
    mark = tmp_path / "begun"
    text = f"import pathlib, time; pathlib.Path({str(mark)!r}).touch(); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-P", str(_SCRIPT), *python(text)], cwd=ROOT) as process:
        while not mark.exists():
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == signal.SIGTERM


def test_it_needs_nothing_but_the_standard_library() -> None:
    command = [sys.executable, "-P", "-I", "-S", "-c", f"import runpy; runpy.run_path({str(_SCRIPT)!r})"]
    assert subprocess.run(command).returncode == 0
