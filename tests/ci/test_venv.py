"""The environment of `make run` and `make test`: made once, kept while nothing changed, healed where broken."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a checkout whose requirements are empty, with its environment made."""
    top = tmp_path_factory.mktemp("checkout")
    (top / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/venv", top / ".ci/venv")
    for name in ("requirements.txt", "requirements-dev.txt", "constraints.txt"):
        (top / name).touch()
    assert "Creating .venv" in venv(top)
    return top


def venv(top: Path, *files: str, **environment: str) -> str:
    """Return what the script says."""
    command = [str(top / ".ci/venv"), *(files or ("requirements.txt",))]
    done = subprocess.run(command, env=os.environ | environment, check=True, capture_output=True, text=True)
    return done.stderr


def test_it_is_silent_where_nothing_changed(folder: Path) -> None:
    assert venv(folder) == ""


def test_it_installs_again_where_the_requirements_changed(folder: Path) -> None:
    (folder / "requirements.txt").write_text("# changed\n", encoding="utf-8")
    said = venv(folder)
    assert "Installing" in said
    assert "Creating" not in said


def test_the_larger_set_stands_for_the_smaller(folder: Path) -> None:
    venv(folder, "requirements.txt", "requirements-dev.txt")
    assert venv(folder) == ""


def test_it_begins_anew_after_an_installation_that_was_broken_off(folder: Path) -> None:
    (folder / ".venv/installing").touch()
    assert "Creating .venv" in venv(folder)
    assert venv(folder) == ""


def test_it_begins_anew_where_the_python_is_gone(folder: Path) -> None:
    for link in (folder / ".venv/bin").glob("python*"):
        link.unlink()
    assert "Creating .venv" in venv(folder)


def test_an_old_python_is_named(tmp_path: Path, folder: Path) -> None:
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\necho Python 3.9.1\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    with pytest.raises(subprocess.CalledProcessError) as failed:
        venv(folder, PYTHON=str(old))
    assert "Python 3.9.1; Python 3.11 or newer is needed" in failed.value.stderr
