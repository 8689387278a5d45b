"""An environment for explainerdashboard alone: it needs older Dash, pandas and numpy than the product."""

import subprocess
import sys
import venv
from importlib.metadata import version
from pathlib import Path

PIN = "explainerdashboard==0.5.8"
ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "explainerdashboard"


def python() -> Path:
    """Return the Python of the environment, made when it is first asked for."""
    program, stamp = FOLDER / "bin" / "python", FOLDER / PIN
    if not stamp.exists():
        sys.stderr.write(f"Installing {PIN} into {FOLDER} ...\n")
        venv.create(FOLDER, clear=True, with_pip=True)
        same = f"lightgbm=={version('lightgbm')}"
        subprocess.run([program, "-m", "pip", "install", "--quiet", PIN, same], check=True)
        stamp.touch()
    return program
