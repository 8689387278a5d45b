"""An environment for FlexViz alone: it needs an older Polars than the one that is measured beside it."""

import subprocess
import sys
import venv
from pathlib import Path

PIN = "flexviz==0.1.0b5"
FOLDER = Path(__file__).resolve().parents[2] / "build" / "flexviz"


def python() -> Path:
    """Return the Python of the environment, made when it is first asked for."""
    program, stamp = FOLDER / "bin" / "python", FOLDER / PIN
    if not stamp.exists():
        sys.stderr.write(f"Installing {PIN} into {FOLDER} ...\n")
        venv.create(FOLDER, clear=True, with_pip=True)
        subprocess.run([program, "-m", "pip", "install", "--quiet", PIN], check=True)
        stamp.touch()
    return program
