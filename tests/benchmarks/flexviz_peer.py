"""FlexViz as a contender, in an environment of its own: ``python flexviz_peer.py ROWS GESTURES ANSWERS``.

It does what the handler of ``/dashboard/update`` does between request and response, both left out: one engine over a
resident frame, one bar chart a view with the mean outcome by variant. FlexViz leaves the charts that own a selection as
they are, so that it recomputes seven of the nine views in a gesture.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl
from flexviz import Dashboard
from flexviz.engine import FlexEngine, TraceInfo
from flexviz.events import InteractionEvent
from flexviz.LF import LFQueryBuilder
from flexviz.spec import ClauseFilter, SelectionPredicate, SelectionState
from flexviz.trace import build_trace_from_spec

VARIANT = "variant"


class FlexViz:
    """A dashboard of nine bar charts over a resident frame."""

    def __init__(self, frame: pl.DataFrame, views: list[str]) -> None:
        dashboard = Dashboard(frame)
        for view in views:
            group = None if view == VARIANT else VARIANT
            dashboard.add_figure(title=view).add_bar(view, values="converted", agg="mean", group_by=group)
        figures = dashboard.to_spec("rows").figures
        self._uid_of = {view: figure.uid for view, figure in zip(views, figures, strict=True)}
        specs = [(figure.uid, trace) for figure in figures for trace in figure.traces]
        traces = {trace.uid: build_trace_from_spec(trace) for _, trace in specs}
        self._infos = [TraceInfo(t.uid, axes=t.axes, trace_type=t.trace_type, figure_uid=f) for f, t in specs]
        self._view_of = {t.uid: view for (_, t), view in zip(specs, views, strict=True)}
        self._engine = FlexEngine(LFQueryBuilder(frame), traces, source_name="rows")

    def answer(self, kept: list[tuple[str, list[int]]]) -> list[Any]:
        """Return the engine's deltas under the selections of a gesture."""
        selections = [
            SelectionState(
                source_figure_uid=self._uid_of[name], predicates=[SelectionPredicate(clauses=[_clause(name, places)])]
            )
            for name, places in kept
        ]
        event = InteractionEvent(type="selection", selections=selections, force_update=True)
        return list(self._engine.process(event, self._infos, {}, "update"))

    def rates(self, deltas: list[Any]) -> dict[str, dict[str, dict[str, float]]]:
        """Return the mean outcome by view, variant and member."""
        found: dict[str, dict[str, dict[str, float]]] = {}
        for delta in deltas:
            children = delta.group_results or [delta]
            for child in children:
                variant = getattr(child, "group_value_key", "")
                values = dict(zip(map(str, child.updates["x"]), child.updates["y"], strict=True))
                found.setdefault(self._view_of[delta.uid], {})[variant] = values
        return found


def _clause(name: str, places: list[int]) -> ClauseFilter:
    if places[-1] - places[0] == len(places) - 1:
        return ClauseFilter(column=name, range=(places[0], places[-1]))
    return ClauseFilter(column=name, values=places)


def main(rows: str, gestures: str, answers: str) -> None:
    """Answer the gestures of a file over the rows of another, and write times and rates into a third."""
    plan = json.loads(Path(gestures).read_text(encoding="utf-8"))
    peer = FlexViz(pl.read_parquet(rows), plan["views"])
    for kept in plan["gestures"][: plan["n_warm"]]:
        peer.answer(kept)
    times: list[float] = []
    rates: list[dict[str, Any]] = []
    deadline = time.perf_counter() + plan["seconds"]
    for kept in plan["gestures"] * plan["n_rounds"]:
        begin = time.perf_counter()
        deltas = peer.answer(kept)
        times.append(time.perf_counter() - begin)
        if len(rates) < plan["n_checked"]:
            rates.append(peer.rates(deltas))
        if time.perf_counter() > deadline:
            break
    Path(answers).write_text(json.dumps({"times": times, "rates": rates}), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:4])
