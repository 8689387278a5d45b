"""Programs that the tests start: named with their remedy where they cannot be installed."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def packages(folder: Path, *present: str) -> "subprocess.CompletedProcess[str]":
    """Run the script where only the programs named are installed, and apt is not."""
    for name in (*present, "id"):
        (folder / name).write_text("#!/bin/bash\necho 1000\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    script = (ROOT / ".ci/packages").read_text(encoding="utf-8").replace('PATH="$PATH:/usr/sbin:/sbin"', "")
    command = ["/bin/bash", "-c", script]
    return subprocess.run(command, env=os.environ | {"PATH": str(folder)}, capture_output=True, text=True)


def test_nothing_is_said_where_all_is_there(tmp_path: Path) -> None:
    done = packages(tmp_path, "chromium", "chromedriver", "mariadbd", "redis-server", "sqlite3")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_what_is_missing_is_named_with_its_remedy(tmp_path: Path) -> None:
    done = packages(tmp_path, "chromium-browser", "mysqld", "sqlite3")
    assert done.returncode == 1
    assert "sudo apt-get install chromium-driver redis-server" in done.stderr
