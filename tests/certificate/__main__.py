"""``python -m tests.certificate``: simulate what is promised of experiments, print it, write docs/certificate.md."""

import argparse
import os
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")  # each core has a process of its own; numpy reads it when it is imported
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tests.certificate.document import write
from tests.certificate.part import Section
from tests.certificate.parts import PARTS
from tests.certificate.runner import measured


def main(arguments: list[str] | None = None) -> int:
    """Return 0 if the parts asked for show what they promise, 1 if not, 130 if interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.certificate", description=__doc__)
    parser.add_argument("parts", nargs="*", type=_part, help=f"of {' '.join(PARTS)}; default: all")
    asked = parser.parse_args(arguments).parts or list(PARTS)
    try:
        kept = [_shown(letter).is_kept for letter in asked]
    except KeyboardInterrupt:
        print("\nInterrupted. What was measured is kept: the same command goes on from here.")
        return 130
    print(write())
    return 0 if all(kept) else 1


def _part(letter: str) -> str:
    if letter not in PARTS:
        raise argparse.ArgumentTypeError(f"{letter!r} is no part, must be one of {' '.join(PARTS)}")
    return letter


def _shown(letter: str) -> Section:
    part = PARTS[letter]
    print(f"{letter}  {part.title}: {part.promise}", flush=True)
    section = part.section(measured(part))
    print(f"  {'kept' if section.is_kept else 'NOT KEPT'}: {section.sentence}\n\n{section.text}", flush=True)
    return section


if __name__ == "__main__":
    sys.exit(main())
