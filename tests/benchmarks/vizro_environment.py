"""An environment for Vizro alone: it brings a framework of its own along."""

import subprocess
import sys
import venv
from importlib.metadata import version
from pathlib import Path

PIN = "vizro==1.0.0"
SHARED = ("gunicorn", "orjson", "pandas", "pyarrow")
FOLDER = Path(__file__).resolve().parents[2] / "build" / "vizro"


def python() -> Path:
    """Return the Python of the environment, made when it is first asked for."""
    program, stamp = FOLDER / "bin" / "python", FOLDER / PIN
    if not stamp.exists():
        sys.stderr.write(f"Installing {PIN} into {FOLDER} ...\n")
        venv.create(FOLDER, clear=True, with_pip=True)
        same = [f"{name}=={version(name)}" for name in SHARED]
        subprocess.run([program, "-m", "pip", "install", "--quiet", PIN, *same], check=True)
        stamp.touch()
    return program
