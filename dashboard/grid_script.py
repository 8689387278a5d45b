"""grid_script: the script of the grid of sessions, which the browser fetches when the grid comes into sight."""

from pathlib import Path

import dash_ag_grid
from dash.fingerprint import build_fingerprint

_NAME = "dash_ag_grid.min.js"


def defer_grid() -> None:
    """Keep the script out of every page's first load: it is larger than all others but one."""
    for resource in dash_ag_grid._js_dist:
        if resource["relative_package_path"] == _NAME:
            resource["dynamic"] = True


def grid_script() -> str:
    """Return the address of the script, with its version, so that the browser may keep it."""
    changed = int((Path(dash_ag_grid.__file__).with_name(_NAME)).stat().st_mtime)
    return f"/_dash-component-suites/dash_ag_grid/{build_fingerprint(_NAME, dash_ag_grid.__version__, changed)}"
