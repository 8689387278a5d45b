"""Registry: writes and reads versions of the model, for any number of processes at once."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from config import Config
from model.errors import ModelError
from model.registry.files import EXPORT, REPORT, dated, files_of, report_from, tasks_from
from model.registry.records import ModelVersion, State, Stored
from model.registry.rows import (
    damaged,
    drift_from,
    listed_from,
    manifest_from,
    pieces_of,
    row_of,
    unknown_version,
    version_from,
    whole_files,
)
from model.registry.tables import (
    MODEL_DRIFTS,
    MODEL_FILES,
    MODEL_STATE,
    MODEL_TRAININGS,
    MODEL_VERSIONS,
    place_of_models,
)
from model.registry.trainings import training_from
from model.report.drift import Drift
from model.trained import Trained
from semantic.beside import beside_engine, counted_change, has_no_file, is_absent
from semantic.database import database_name
from semantic.errors import StoreError

KEPT = 10
"""Newest versions that are kept, beside the promoted one and the one before it."""

FORMAT = 1
"""Grows when training or its files change in kind, so that every product trains again."""

_SPOILT = ("file is not a database", "disk image is malformed", "no such table")
_REMEDY = "check that it can be reached and written"


class Registry:
    """Keeps versions of the model; nothing is connected before it is used, nor between uses.

    Parameters
    ----------
    config : Config
        Where it is kept, and how models are trained.
    """

    def __init__(self, config: Config) -> None:
        place = place_of_models(config.database_url)
        self.place = database_name(place)
        self.config_hash = config_hash(config)
        self.reader = beside_engine(place, read_only=True)
        self.writer = beside_engine(place, read_only=False)

    def save(
        self, trained: Trained, created_at: int, *, promote: bool = True, more: Mapping[str, bytes] | None = None
    ) -> int:
        """Return the number of a new version; nothing of it is seen before all of it is written.

        Parameters
        ----------
        trained : Trained
            What a training hands over.
        created_at : int
            ms since 1970, UTC.
        promote : bool
            Whether it is served from now on.
        more : mapping of str to bytes, optional
            Further files by name.

        Raises
        ------
        StoreError
            Where it cannot be written.
        """
        files = {**files_of(trained), **(more or {})}
        row = row_of(trained, files, created_at) | {"config_hash": self.config_hash}
        with self.changing() as connection:
            newest = connection.execute(sa.select(sa.func.max(MODEL_VERSIONS.c.version))).scalar()
            version = (newest or 0) + 1
            connection.execute(sa.insert(MODEL_VERSIONS), row | {"version": version})
            for name, payload in files.items():
                connection.execute(sa.insert(MODEL_FILES), pieces_of(version, name, payload))
            if promote:
                _promote(connection, version)
            _prune(connection)
        return version

    def state(self) -> State:
        """Return what is promoted, and the newest training; raises StoreError where the database is away."""
        with self._reading() as connection:
            if connection is None:
                return State()
            row = connection.execute(sa.select(MODEL_STATE)).first()
            newest = sa.select(MODEL_TRAININGS).order_by(MODEL_TRAININGS.c.id.desc()).limit(1)
            found = connection.execute(newest).first()
            training = training_from(found) if found else None
            if row is None:
                return State(training=training)
            return State(f"{row.token}-{row.n_changes}", row.promoted, row.previous, training)

    def versions(self) -> tuple[ModelVersion, ...]:
        """Return all versions, the newest first; raises StoreError where the database is away.

        One whose summary cannot be read is among them, without tasks: its damage is no fault of the others.
        """
        with self._reading() as connection:
            if connection is None:
                return ()
            promoted = connection.execute(sa.select(MODEL_STATE.c.promoted)).scalar()
            rows = connection.execute(sa.select(MODEL_VERSIONS).order_by(MODEL_VERSIONS.c.version.desc()))
            return tuple(listed_from(row, promoted) for row in rows)

    def held(self, data_hash: str) -> ModelVersion | None:
        """Return the newest version of that data and this configuration that was once loaded; None where there is none.

        Parameters
        ----------
        data_hash : str
            Of the data.
        """
        wanted = (data_hash, self.config_hash)
        usable = (version for version in self.versions() if version.checked_with and version.tasks)
        found = (v for v in usable if (v.data_hash, v.config_hash) == wanted)
        return next(found, None)

    def promote(self, version: int, checked_with: str = "") -> None:
        """Serve a version from now on.

        Parameters
        ----------
        version : int
            One that there is.
        checked_with : str
            On what a process of its own has loaded it; empty: nothing new is known of that.

        Raises
        ------
        ModelError
            Where there is none of that number.
        StoreError
            Where it cannot be written.
        """
        with self.changing() as connection:
            known = connection.execute(sa.select(MODEL_VERSIONS.c.version)).scalars().all()
            if version not in known:
                raise unknown_version(version, known)
            _promote(connection, version)
            if checked_with:
                _note_checked(connection, version, checked_with)

    def roll_back(self) -> int:
        """Return the version that was served before, and is again; raises ModelError where there is none."""
        with self.changing() as connection:
            previous = connection.execute(sa.select(MODEL_STATE.c.previous)).scalar()
            if previous is None:
                raise ModelError("no other version was served before; see python -m model list and promote one")
            _promote(connection, previous)
        return int(previous)

    def read(self, version: int) -> Stored:
        """Return everything that is served of a version.

        The hash of each file is compared before anything of it is parsed; the export is not read.

        Raises
        ------
        ModelError
            Where there is no such version, or it is not what was written.
        StoreError
            Where the database is away.
        """
        row, promoted, files = self._read(version, sa.and_(MODEL_FILES.c.name != EXPORT))
        if set(manifest_from(row)) - {EXPORT} - set(files):
            raise damaged(version, "a file is missing")
        try:
            report = dated(report_from(files[REPORT]), orjson.loads(row.timings), row.data_version)
            tasks = tasks_from(files, report)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise damaged(version, "it is of another release") from error
        return Stored(version_from(row, promoted), report, tasks, files)

    def files(self, version: int) -> dict[str, bytes]:
        """Return all files of a version, the export too, once their hashes are compared; raises as `read` does."""
        return self._read(version, sa.true())[2]

    def save_drift(self, version: int, drift: Drift) -> None:
        """Keep the newest look at the drift from a version; raises ModelError where there is none of that number."""
        with self.changing() as connection:
            known = connection.execute(sa.select(MODEL_VERSIONS.c.version)).scalars().all()
            if version not in known:
                raise unknown_version(version, known)
            connection.execute(sa.delete(MODEL_DRIFTS).where(MODEL_DRIFTS.c.version == version))
            row = {"version": version, "payload": orjson.dumps(drift).decode()}
            connection.execute(sa.insert(MODEL_DRIFTS), row)

    def drift(self, version: int) -> Drift | None:
        """Return the newest look at the drift from a version; None where nobody has looked."""
        with self._reading() as connection:
            if connection is None:
                return None
            select = sa.select(MODEL_DRIFTS.c.payload).where(MODEL_DRIFTS.c.version == version)
            return drift_from(connection.execute(select).scalar())

    def note_checked(self, version: int, checked_with: str) -> None:
        """Note which LightGBM and machine has loaded a version in a process of its own."""
        with self.translated("kept"), self.writer.begin() as connection:
            _note_checked(connection, version, checked_with)

    @contextmanager
    def changing(self) -> Iterator[sa.Connection]:
        """Yield a connection whose changes are seen all at once or not at all; others wait until then."""
        with self.translated("kept"), counted_change(self.writer, MODEL_STATE) as connection:
            yield connection

    @contextmanager
    def translated(self, verb: str) -> Iterator[None]:
        """Raise what the database complains of as one sentence."""
        try:
            yield
        except SQLAlchemyError as error:
            cause = str(getattr(error, "orig", None) or error).splitlines()[0]
            is_spoilt = any(words in cause for words in _SPOILT)
            remedy = "put that file aside and run: python -m model train" if is_spoilt else _REMEDY
            raise StoreError(f"models cannot be {verb} in {self.place} ({cause}); {remedy}") from error

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection | None]:
        """Yield a connection, or None where nothing was ever kept."""
        with self.translated("read"), ExitStack() as stack:
            connection = None
            try:
                connection = stack.enter_context(self.reader.connect())
                connection.execute(sa.select(MODEL_STATE.c.id)).first()
            except DBAPIError as error:
                if not is_absent(error) and not has_no_file(self.reader.url):
                    raise
                connection = None
            yield connection

    def _read(
        self, version: int, wanted: "sa.ColumnElement[bool]"
    ) -> "tuple[sa.Row[Any], int | None, dict[str, bytes]]":
        with self._reading() as connection:
            if connection is None:
                raise unknown_version(version, [])
            row = connection.execute(sa.select(MODEL_VERSIONS).where(MODEL_VERSIONS.c.version == version)).first()
            if row is None:
                raise unknown_version(version, connection.execute(sa.select(MODEL_VERSIONS.c.version)).scalars().all())
            promoted = connection.execute(sa.select(MODEL_STATE.c.promoted)).scalar()
            select = sa.select(MODEL_FILES.c.name, MODEL_FILES.c.payload).where(MODEL_FILES.c.version == version)
            parts = connection.execute(select.where(wanted).order_by(MODEL_FILES.c.name, MODEL_FILES.c.part))
            return row, promoted, whole_files(row, parts)


def config_hash(config: Config) -> str:
    """Return the SHA-256 of everything in a configuration that decides how models are trained."""
    catalog = config.catalog
    roles = sorted((d.name, d.is_post_treatment, d.is_chosen_by_engine) for d in catalog.dimensions)
    parts = (FORMAT, config.model, config.display.confidence, config.policy_hash, catalog.control, roles)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _promote(connection: sa.Connection, version: int) -> None:
    promoted = connection.execute(sa.select(MODEL_STATE.c.promoted)).scalar()
    if promoted != version:
        connection.execute(sa.update(MODEL_STATE).values(promoted=version, previous=promoted))


def _note_checked(connection: sa.Connection, version: int, checked_with: str) -> None:
    change = sa.update(MODEL_VERSIONS).where(MODEL_VERSIONS.c.version == version)
    connection.execute(change.values(checked_with=checked_with[:120]))


def _prune(connection: sa.Connection) -> None:
    """Delete what is neither among the newest nor served, now or before."""
    known = connection.execute(sa.select(MODEL_VERSIONS.c.version).order_by(MODEL_VERSIONS.c.version.desc()))
    state = connection.execute(sa.select(MODEL_STATE)).one()
    old = [version for version in known.scalars().all()[KEPT:] if version not in (state.promoted, state.previous)]
    for table in (MODEL_FILES, MODEL_DRIFTS, MODEL_VERSIONS):
        connection.execute(sa.delete(table).where(table.c.version.in_(old)))
