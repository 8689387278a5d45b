"""Command: how a command of the product ends: 0 or its own code, or one sentence and the code of a fault."""

import sys
from collections.abc import Callable

from semantic.errors import ProductError

FAULT, STOPPED = 2, 130
"""Exit codes: a fault that the reader can mend; stopped by the reader."""


def exit_code(run: Callable[[], int | None], unchanged: str) -> int:
    """Run a command and return its exit code.

    Parameters
    ----------
    run : callable
        Does the work; returns its own code, or nothing where it is done.
    unchanged : str
        What is as it was before where the reader stops it.
    """
    try:
        return run() or 0
    except ProductError as error:
        sys.stderr.write(f"{error}\n")
        return FAULT
    except KeyboardInterrupt:
        sys.stderr.write(f"stopped; {unchanged}\n")
        return STOPPED
    except BrokenPipeError:
        return 0
