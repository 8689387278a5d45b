"""check: load a version in a process of its own first, and compare its golden rows."""

import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import orjson

from model.errors import ModelError
from model.registry import Stored

TIMEOUT_S = 60.0
_ROOT = Path(__file__).resolve().parents[1]
_LIMITS = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}


def checked_with() -> str:
    """Return what a check holds for: the version of LightGBM and the kind of machine."""
    return f"lightgbm {version('lightgbm')} {platform.system()} {platform.machine()}"


def check(stored: Stored, timeout_s: float = TIMEOUT_S) -> None:
    """Load the trees of a version in another process, and compare what they say of the golden rows.

    Parameters
    ----------
    stored : Stored
        The version; the hashes of its files were compared when it was read.
    timeout_s : float
        How long that process may take.

    Raises
    ------
    ModelError
        Where it dies, refuses the text, gives other scores, or takes too long.
    """
    golden = {task.name: orjson.loads(stored.files[f"{task.name}/golden.json"]) for task in stored.tasks}
    tasks = [{"name": t.name, "text": t.trees, "golden": golden[t.name]} for t in stored.tasks if t.trees]
    command = [sys.executable, "-m", "model.checked_child"]
    try:
        ended = subprocess.run(  # noqa: S603 - our own interpreter and module
            command,
            cwd=_ROOT,
            input=orjson.dumps({"tasks": tasks}),
            capture_output=True,
            timeout=timeout_s,
            check=False,
            env={**os.environ, **_LIMITS},
        )
    except subprocess.TimeoutExpired as error:
        raise _unusable(stored, f"loading it takes longer than {timeout_s:g} s") from error
    if ended.returncode:
        raise _unusable(stored, _reason(ended))


def _reason(ended: "subprocess.CompletedProcess[bytes]") -> str:
    """Return which task it was, and what became of it."""
    lines = ended.stdout.decode(errors="replace").splitlines()
    loaded = [line.removeprefix("task ") for line in lines if line.startswith("task ")]
    said = ended.stderr.decode(errors="replace").strip().splitlines()
    which = f"{loaded[-1]}/model.txt: " if loaded else ""
    if ended.returncode < 0:
        return f"{which}the process that loads it dies of signal {-ended.returncode}"
    return f"{which}{said[-1] if said else f'the process that loads it ends with code {ended.returncode}'}"


def _unusable(stored: Stored, why: str) -> ModelError:
    number = stored.version.version
    return ModelError(
        f"model version {number} cannot be used ({why}); promote another one or run: python -m model train --force"
    )
