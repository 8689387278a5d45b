"""Page data: everything that a filter changes on a page, as numbers and texts, from one version of the data."""

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from analytics.analysis import Request
from analytics.cached import CachedAnalyses
from analytics.simulation.runs import Runs
from config import Config
from dashboard.baseline import ALL_SESSIONS, OPTION, PREVIOUS, Baseline, NamedFilter, baseline_of, previous_days
from dashboard.model_facts import ModelFacts, read_model
from dashboard.notes_data import notes_data
from dashboard.once import OnceAVersion
from dashboard.pages import Page, page_at
from dashboard.settings import frame_of, settings
from dashboard.sheets import sheets_of
from dashboard.sheets.facts import Facts, read_facts
from dashboard.sheets.model.shown import TASK
from dashboard.simulation_facts import read_simulation
from dashboard.state import PageState
from dashboard.typical import typical_members
from dashboard.view import Context, View
from dashboard.views import all_views, views_of
from dashboard.visitor import Visitor, visitor_of
from model.served import Models
from semantic.catalog import N_SESSIONS
from semantic.errors import ProductError, StoreError, UnknownNameError
from semantic.filter import EVERYTHING, Filter
from semantic.notes import Notes
from semantic.provenance import Provenance
from semantic.query import Query
from semantic.snapshot import Snapshot
from semantic.store import Store

_LOG = logging.getLogger("recommender.dashboard")
_MAX_ATTEMPTS = 3


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
    notes : Notes or None
        What people have added; None: nothing is kept.
    models : Models or None
        What is served of the model; None: nothing.
    runs : Runs or None
        Who simulates; None: nobody.
    """

    config: Config
    store: Store
    answers: CachedAnalyses
    notes: Notes | None = None
    models: Models | None = None
    runs: Runs | None = None

    def context(self, options: Mapping[str, str] | None = None, baseline: Baseline = ALL_SESSIONS) -> Context:
        """Return what views are made from now; raises StoreError where no data was ever read."""
        return Context(self.config, self.store.snapshot(), options or {}, baseline)

    def notes_data(self) -> dict[str, Any]:
        """Return what people have added, as the browser gets it; see `notes_data`."""
        return notes_data(self.notes)

    def stamp(self) -> str:
        """Return what changes whenever somebody adds, replaces or deletes something."""
        return self.notes.stamp() if self.notes else ""

    def version(self) -> str:
        """Return what names the data that pages show now; raises StoreError where no data was ever read."""
        return _version(self.store.snapshot())

    def page_data(self, path: str | None, search: str | None) -> dict[str, Any]:
        """Return what the browser shows for a URL.

        Parameters
        ----------
        path : str or None
            Address of the page, such as ``/explore``.
        search : str or None
            The URL's query string, with or without ``?``.

        Returns
        -------
        dict
            ``path`` and ``search`` as asked; ``query`` as understood, filter and options; ``filter_text``, the filter
            in words; ``notices``; ``frame``, which names the words and figures that the page was made with; ``data``
            (version, n_sessions, first_day, last_day, loaded_at, origin, variants); ``notes``, the stamp of what people
            have added; ``baseline`` (option, words and name of what it is compared with, and the days of the previous
            period, if any); ``n_sessions`` under the filter; ``choices`` (per dimension: members, counts, and edges
            where they are bins); ``views`` (per view: its arrays, with its ``dimensions``, ``chosen`` options,
            ``says``, its sentence, and ``filter_text``, the filter in force on it); ``sheets`` (per sheet: its blocks
            and its sentence). A page without filters shows all sessions, and keeps the filter for the others. Where
            nothing can be shown, ``path``, ``search`` and ``error``, a sentence, and, where the fault is ours,
            ``fault``, its id in the log.
        """
        asked = {"path": path or "/", "search": search or ""}
        try:
            return asked | self._answer(path or "/", search or "")
        except ProductError as error:
            return asked | {"error": str(error)}
        except Exception:  # noqa: BLE001 - the reader gets an id instead of a page that stays empty
            fault = secrets.token_hex(4)
            _LOG.exception("fault %s at %r", fault, asked["path"] + asked["search"])
            return asked | {"error": "The server failed to make this page; its log says why", "fault": fault}

    def _answer(self, path: str, search: str) -> dict[str, Any]:
        """Return what a page shows, made anew where other data came while it was made."""
        page = page_at(path)
        if page is None:
            raise UnknownNameError(f"there is no page at {path}; choose one from the navigation")
        state = PageState.of(search)
        for _ in range(_MAX_ATTEMPTS):
            version, found = self.version(), self._shown(page, state)
            if self.version() == version:
                break
        return found

    def _shown(self, page: Page, state: PageState) -> dict[str, Any]:
        asked, notices = self.understand(state.filter_query)
        where = asked if page.has_filters else EVERYTHING
        baseline = self.baseline(state.options.get(OPTION, ""), asked)
        options = {key: value for key, value in state.options.items() if key != OPTION or baseline.option}
        context = self.context(options, baseline)
        choices, n_sessions = self._choices(where) if page.has_filters else ({}, context.snapshot.n_rows)
        return {
            "filter_text": self.in_words(where),
            "query": "&".join(filter(None, (asked.to_query(), PageState(options=options).options_query()))),
            "notices": [*notices, *filter(None, [baseline.notice]), *self._warnings(where)],
            "frame": self._frame.of(_version(context.snapshot)),
            "data": _data_line(context),
            "notes": self.stamp(),
            "baseline": _baseline_line(context, asked),
            "n_sessions": n_sessions,
            "choices": choices,
            "views": self._views(context, page, where),
            "sheets": self._sheets(context, page),
        }

    @cached_property
    def _frame(self) -> OnceAVersion[str]:
        """The name of the words and figures, which follow from the configuration and the data alone."""
        return OnceAVersion(lambda: frame_of(settings(plain := self.context(), all_views(plain))))

    @cached_property
    def _typical(self) -> OnceAVersion[Mapping[str, str]]:
        return OnceAVersion(lambda: typical_members(self.store))

    def _views(self, context: Context, page: Page, where: Filter) -> dict[str, dict[str, Any]]:
        """Return what each view of a page sends, all from one version of the data."""
        baseline = context.baseline
        asked = [(v, v.requests(where, baseline.where, baseline.versus)) for v in views_of(context, page.name)]
        wanted = list(dict.fromkeys(request for _, requests in asked for request in requests))
        results = self._results(wanted)
        return {
            view.name: _drawn(view, *(results[request] for request in dict.fromkeys(requests)), options=context.options)
            | {"filter_text": self.in_words(requests[0].where)}
            for view, requests in asked
        }

    def _results(self, wanted: Sequence[Request]) -> dict[Request, Any]:
        """Return the result of each request; of one that cannot be answered its error, so that it fails alone."""
        try:
            return dict(zip(wanted, self.answers.results(wanted), strict=True))
        except StoreError:
            raise
        except ProductError as error:
            return {one: self._results([one])[one] if len(wanted) > 1 else error for one in wanted}

    def _sheets(self, context: Context, page: Page) -> dict[str, dict[str, Any]]:
        """Return what each sheet of a page sends; nothing is read where it has none."""
        sheets = sheets_of(page.name)
        facts = self.facts(context, page.name) if sheets else None
        return {sheet.name: sheet.sent(facts) | {"filter_text": self.in_words(EVERYTHING)} for sheet in sheets if facts}

    def facts(self, context: Context, page: str = "data") -> Facts:
        """Return what the sheets of a page are made from, of the context's version of the data."""
        if page in ("model", "predict"):
            model = read_model(self.models)
            visitor = self._visitor(context, model) if page == "predict" else ""
            return Facts(context, self.store.engine.dialect.name, model=model, visitor=visitor)
        if page == "simulate":
            simulation = read_simulation(self.runs, context.options, _version(context.snapshot))
            return Facts(context, self.store.engine.dialect.name, simulation=simulation)
        return read_facts(context, self.store, self._provenance)

    def _visitor(self, context: Context, model: ModelFacts) -> Visitor | str:
        usual = self._typical.of(_version(context.snapshot))
        return visitor_of(model, TASK.chosen(context.options), context.options, usual)

    @cached_property
    def _provenance(self) -> Provenance:
        return Provenance(self.store.engine)

    def understand(self, search: str) -> tuple[Filter, Sequence[str]]:
        """Return the part of a filter's query that makes sense here, and a sentence on each part that does not."""
        snapshot = self.store.snapshot()
        try:
            where, notices = self.store.resolve(Filter.from_query(search))
            for clause in where.clauses:
                snapshot.domains[clause.dimension].mask(clause)
        except ProductError as error:
            return EVERYTHING, (f"The link's filter was left out: {error}.",)
        return where, notices

    def in_words(self, where: Filter) -> str:
        """Return a filter as people read it."""
        return where.describe({d.name: d.label for d in self.config.catalog.dimensions})

    def baseline(self, chosen: str, where: Filter) -> Baseline:
        """Return what a page is compared with.

        Parameters
        ----------
        chosen : str
            Value of the option `OPTION`; a saved view that cannot be read for now stays chosen.
        where : Filter
            The filter in force.
        """
        saved = None
        if chosen and chosen != PREVIOUS and self.notes:
            found = self.notes.contents()
            view = next((view for view in found.views if view.slug == chosen), None)
            if not view and found.fault:
                return Baseline(chosen, notice=f"{found.fault[:1].upper()}{found.fault[1:]}.")
            query = PageState.of(view.query).filter_query if view else ""
            saved = NamedFilter(view.name, self.understand(query)[0]) if view else None
        return baseline_of(chosen, where, self.context().days, saved)

    def _warnings(self, where: Filter) -> list[str]:
        filtered = [self.config.catalog.dimension(name) for name in where.dimensions]
        return [
            f"{dimension.label} is measured after the engine acted, "
            "so a comparison of engines within it does not show what the engine caused."
            for dimension in filtered
            if dimension.is_post_treatment
        ]

    def _choices(self, where: Filter) -> tuple[dict[str, Any], int]:
        """Return for each dimension its members and how many sessions each has under the other clauses."""
        names = [d.name for d in self.config.catalog.dimensions if d.kind != "time"]
        queries = [Query((N_SESSIONS,), (name,), where.without(name)) for name in names]
        *counted, total = self.store.answers([*queries, Query((N_SESSIONS,), (), where)])
        choices = {
            name: {
                "members": answer.members[name],
                "counts": [int(n) for n in answer[N_SESSIONS]],
                "edges": answer.edges.get(name, ()),
            }
            for name, answer in zip(names, counted, strict=True)
        }
        return choices, int(total[N_SESSIONS])


def _drawn(view: View, result: Any, ghost: Any = None, *, options: Mapping[str, str]) -> dict[str, Any]:
    """Return what a view sends; its ghost is absent where it would be the same. A view that failed sends its fault."""
    about = {"dimensions": view.dimensions} | view.chosen(options)
    fault = next((str(one) for one in (result, ghost) if isinstance(one, ProductError)), "")
    if fault:
        return about | {"fault": fault, "says": fault}
    return dict(view.arrays(result, ghost)) | about | {"says": view.summary(result)}


def _baseline_line(context: Context, where: Filter) -> dict[str, Any]:
    baseline, before = context.baseline, previous_days(where, context.days)
    previous = context.day_format.days(*before) if before else ""
    return {"option": baseline.option, "words": baseline.words, "name": baseline.name, "previous": previous}


def _version(snapshot: Snapshot) -> str:
    return f"{snapshot.version}-{snapshot.loaded_at}"


def _data_line(context: Context) -> dict[str, Any]:
    snapshot, known = context.snapshot, context.days
    return {
        "version": _version(snapshot),
        "n_sessions": snapshot.n_rows,
        "first_day": known[0] if known else "",
        "last_day": known[-1] if known else "",
        "loaded_at": snapshot.loaded_at,
        "origin": snapshot.origin,
        "variants": context.variants,
    }
