"""Page data: everything that a filter changes on a page, as numbers and texts, from one version of the data."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analytics.cached import CachedAnalyses
from config import Config
from dashboard.settings import frame_of, settings
from dashboard.view import Context
from dashboard.views import views_of
from semantic.catalog import N_SESSIONS
from semantic.errors import ProductError
from semantic.filter import EVERYTHING, Filter
from semantic.query import Query
from semantic.store import Snapshot, Store

_AFTER_THE_ENGINE = ("time_spent_s", "pages_viewed")


@dataclass(frozen=True)
class PageSource:
    """Where pages get their numbers.

    Attributes
    ----------
    config : Config
        Words and ways of writing.
    store : Store
        For the counts beside the filters' choices.
    answers : CachedAnalyses
        For the views.
    """

    config: Config
    store: Store
    answers: CachedAnalyses

    def context(self) -> Context:
        """Return what views are made from now; raises StoreError where no data was ever read."""
        return Context(self.config, self.store.snapshot())

    def version(self) -> str:
        """Return what names the data that pages show now; raises StoreError where no data was ever read."""
        return _version(self.store.snapshot())

    def page_data(self, page: str, search: str | None) -> dict[str, Any]:
        """Return what the browser shows for a URL.

        Parameters
        ----------
        page : str
            Name of the page.
        search : str or None
            The URL's query string, with or without ``?``.

        Returns
        -------
        dict
            ``search`` as asked; ``query`` as understood; ``notices``; ``frame``, which names the
            words and figures that the page was made with; ``data`` (version, n_sessions, first_day,
            last_day, loaded_at, origin, variants); ``n_sessions`` under the filter; ``options`` (per dimension:
            members, counts); ``views`` (per view: its arrays). Where nothing can be shown, ``search`` and ``error``,
            a sentence.
        """
        try:
            return {"search": search or ""} | self._answer(page, search or "")
        except ProductError as error:
            return {"search": search or "", "error": str(error)}

    def _answer(self, page: str, search: str) -> dict[str, Any]:
        context = self.context()
        where, notices = self._understand(search)
        views = views_of(context, page)
        requests = [request for view in views for request in view.requests(where)]
        results = iter(self.answers.results(requests))
        drawn = {v.name: v.arrays(next(results), next(results) if v.has_ghost else None) for v in views}
        options, n_sessions = self._options(where)
        return {
            "query": where.to_query(),
            "notices": [*notices, *self._warnings(where)],
            "frame": frame_of(settings(context, views)),
            "data": _data_line(context),
            "n_sessions": n_sessions,
            "options": options,
            "views": drawn,
        }

    def _understand(self, search: str) -> tuple[Filter, Sequence[str]]:
        """Return the part of a URL that makes sense here, and a sentence on each part that does not."""
        snapshot = self.store.snapshot()
        try:
            where, notices = self.store.resolve(Filter.from_query(search))
            for clause in where.clauses:
                snapshot.domains[clause.dimension].mask(clause)
        except ProductError as error:
            return EVERYTHING, (f"The link's filter was left out: {error}.",)
        return where, notices

    def _warnings(self, where: Filter) -> list[str]:
        late = [n for n in where.dimensions if n in _AFTER_THE_ENGINE]
        return [
            f"{self.config.catalog.dimension(name).label} is measured after the engine acted, "
            "so a comparison of engines within it does not show what the engine caused."
            for name in late
        ]

    def _options(self, where: Filter) -> tuple[dict[str, Any], int]:
        """Return for each dimension its members and how many sessions each has under the other clauses."""
        names = [d.name for d in self.config.catalog.dimensions if d.kind != "time"]
        queries = [Query((N_SESSIONS,), (name,), where.without(name)) for name in names]
        *counted, total = self.store.answers([*queries, Query((N_SESSIONS,), (), where)])
        options = {
            name: {"members": answer.members[name], "counts": [int(n) for n in answer[N_SESSIONS]]}
            for name, answer in zip(names, counted, strict=True)
        }
        return options, int(total[N_SESSIONS])


def _version(snapshot: Snapshot) -> str:
    return f"{snapshot.version}-{snapshot.loaded_at}"


def _data_line(context: Context) -> dict[str, Any]:
    snapshot = context.snapshot
    days = snapshot.domains.get("day")
    known = days.members[: days.n_present] if days else ()
    return {
        "version": _version(snapshot),
        "n_sessions": snapshot.n_rows,
        "first_day": known[0] if known else "",
        "last_day": known[-1] if known else "",
        "loaded_at": snapshot.loaded_at,
        "origin": snapshot.origin,
        "variants": context.variants,
    }
