"""Runs a command and, once it has succeeded, becomes the training; as small as a process can be until then."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from types import FrameType

TRAIN = ("-m", "model", "train", "--quiet", "--gently")


def main(command: Sequence[str]) -> int:
    """Return the exit code of a command that failed; where it succeeded, this process is the training from then on.

    Parameters
    ----------
    command : sequence of str
        Program and arguments; it is ended when this process is told to end.
    """
    with subprocess.Popen(command) as process:  # noqa: S603 - given by the server

        def end(_number: int, _frame: FrameType | None) -> None:
            process.terminate()

        signal.signal(signal.SIGTERM, end)
        code = process.wait()
    if not code:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.execv(sys.executable, [sys.executable, *TRAIN])  # noqa: S606 - our own
    return abs(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
