"""The contenders of the browser's measurement: how each is served, and where its charts, numbers and marks are."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import vizro_environment

_PLOTLY_MARK = """(dimension, member) => {
    const plot = document.querySelector(`#chart-${dimension} .js-plotly-plot`);
    const points = [...plot.querySelectorAll("path.point")];
    const categories = plot._fullLayout.yaxis?._categories;
    const of = (point, place) => categories ? categories[point.__data__.y] : plot.data[0].customdata[place]?.[0];
    return points.find((point, place) => of(point, place) === member);
}"""
_OUR_MARK = """(dimension, member) => {
    const shown = (what) => [...document.querySelectorAll(`[data-view][data-dimension="${dimension}"] ${what}`)].filter(
        (node) => node.checkVisibility());
    const rows = shown(".dot-row");
    if (rows.length) return rows.find((row) => row.dataset.member === member);
    const plot = shown(".js-plotly-plot")[0];
    return plot.querySelectorAll("path.point")[plot.data[0].customdata.indexOf(member)];
}"""


@dataclass(frozen=True)
class Contender:
    """A dashboard that is measured.

    Attributes
    ----------
    name : str
        As it stands in the table.
    module : str
        What gunicorn serves.
    python : callable
        Returns the interpreter of its environment.
    charts, kpis, clear : str
        Selectors of its charts, of its numbers, and of the button that removes all filters.
    mark : str
        A function of the page from dimension and member to the mark that is clicked.
    """

    name: str
    module: str
    python: Callable[[], Path]
    charts: str
    kpis: str
    clear: str
    mark: str

    @property
    def script(self) -> str:
        """What the probe must know of its page."""
        return f"window.__contender = {json.dumps({'charts': self.charts, 'kpis': self.kpis})};"

    def environment(self, database: Path, rows: Path) -> Mapping[str, str]:
        """Return where it finds its data."""
        return {"DATABASE_URL": f"sqlite:///{database}", "ROWS": str(rows)}


def _own_python() -> Path:
    return Path(sys.executable)


OURS = Contender(
    name="ours",
    module="wsgi:server",
    python=_own_python,
    charts='[data-view]:not([data-painter="kpi"])',
    kpis="[data-metric] .kpi-body",
    clear="#clear-all",
    mark=_OUR_MARK,
)
NAIVE = Contender(
    name="Dash, a callback a chart",
    module="tests.benchmarks.naive_peer:server",
    python=_own_python,
    charts=".dash-graph",
    kpis=".kpi",
    clear="#clear",
    mark=_PLOTLY_MARK,
)
VIZRO = Contender(
    name="Vizro 1.0.0",
    module="tests.benchmarks.vizro_peer:server",
    python=vizro_environment.python,
    charts=".dash-graph",
    kpis=".card-kpi",
    clear="#reset-button",
    mark=_PLOTLY_MARK,
)
CONTENDERS = (OURS, NAIVE, VIZRO)
