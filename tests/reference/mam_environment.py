"""Answers of marketing-attribution-models, from an environment of its own: it needs a Polars that we do not pin.

``python -m tests.reference.mam_environment`` draws the journeys, asks it and writes `ANSWERS`; the tests read that.
"""

import json
import subprocess
import venv
from pathlib import Path
from typing import Any

import numpy as np

PIN = "marketing-attribution-models==2.1.1"
FOLDER = Path(__file__).resolve().parents[2] / "build" / "mam"
ANSWERS = Path(__file__).with_name("mam_answers.json")
PEER = Path(__file__).with_name("mam_peer.py")
N_JOURNEYS, CHANNELS = 300, "abcde"


def python() -> Path:
    """Return the Python of the environment, made when it is first asked for."""
    program, stamp = FOLDER / "bin" / "python", FOLDER / PIN
    if not stamp.exists():
        venv.create(FOLDER, clear=True, with_pip=True)
        subprocess.run([program, "-m", "pip", "install", "--quiet", PIN], check=True)
        stamp.touch()
    return program


def journeys(seed: int = 20) -> dict[str, Any]:
    """Return seeded journeys, two in five of which convert; ages in hours."""
    rng = np.random.default_rng(seed)
    lengths = np.minimum(rng.geometric(0.4, N_JOURNEYS), 6)
    converted = rng.random(N_JOURNEYS) < 0.4
    return {
        "paths": ["".join(rng.choice(list(CHANNELS), n, p=[0.35, 0.25, 0.2, 0.15, 0.05])) for n in lengths],
        "ages": [sorted(rng.integers(0, 800, n).tolist(), reverse=True) for n in lengths],
        "converted": converted.astype(int).tolist(),
        "value": (converted * rng.integers(1, 200, N_JOURNEYS)).tolist(),
    }


def main() -> None:
    """Write what the package answers."""
    drawn = journeys()
    answered = subprocess.run([python(), PEER], input=json.dumps(drawn), check=True, capture_output=True, text=True)
    ANSWERS.write_text(json.dumps(drawn | {"answers": json.loads(answered.stdout)}) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
