"""Wait for what another process does."""

import time
from collections.abc import Callable


def until(is_reached: Callable[[], bool]) -> None:
    """Return once it is; fail after a minute."""
    for _ in range(3_000):
        if is_reached():
            return
        time.sleep(0.02)
    raise AssertionError("not reached in a minute")
