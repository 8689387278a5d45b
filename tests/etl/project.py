"""A folder with a configuration and a log, as a user has it, for tests of the whole way."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml

from config import Config, load_config
from etl.load.runs import Outcome
from etl.pipeline import append, load
from etl.progress import Reporter
from semantic.database import engine_for

ROOT = Path(__file__).resolve().parents[2]
FIELDS: dict[str, Any] = {
    "variant": {"column": "engine", "values": ["Old", "New"]},
    "converted": "bought",
    "session_id": "session",
    "user_id": "user",
    "started_at": "at",
    "location": {"column": "city", "aliases": {"Bengaluru": "Bangalore"}},
    "age": {"column": "age", "edges": [18, 40]},
    "time_spent_s": "seconds",
    "revenue": "spent",
}
HEADER = "engine,bought,session,user,at,city,age,seconds,spent"
ROWS = (
    "Old,0,s1,u1,2026-07-01 10:00:00,Bangalore,30,12.5,",
    "New,1,s2,u2,2026-07-01 11:00:00, bengaluru ,41,7,99.5",
    "old,yes,s3,u3,2026-07-02T00:30:00Z,MUMBAI,,30,10",
    "NEW,No,s4,u4,2026-07-02 23:59:59.999,mumbai,18,1,0",
)


@dataclass(frozen=True)
class Project:
    """A configured folder.

    Attributes
    ----------
    folder : Path
        Holds ``config.yaml`` and ``log.csv``.
    url : str
        Where the data goes.
    """

    folder: Path
    url: str

    def configure(self, **changes: Any) -> None:
        """Write the configuration, changed at its top level."""
        data = {"source": {"kind": "csv", "path": "log.csv"}, "fields": FIELDS, **changes}
        (self.folder / "config.yaml").write_text(yaml.safe_dump(data, sort_keys=False))

    def write(self, rows: Sequence[str], header: str = HEADER) -> None:
        """Write the log."""
        (self.folder / "log.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")

    @property
    def config(self) -> Config:
        """The configuration as loaded."""
        return load_config(self.folder / "config.yaml", {"DATABASE_URL": self.url})

    def load(self, rows: Sequence[str] | None = None, *, force: bool = False) -> Outcome:
        """Write the log where rows are given, and load it."""
        if rows is not None:
            self.write(rows)
        return load(self.config, Reporter(), force=force)

    def append(self, rows: Sequence[str]) -> Outcome:
        """Write the log and append it."""
        self.write(rows)
        return append(self.config, Reporter())

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """Return the rows that a statement gives."""
        engine = engine_for(self.url, read_only=True)
        try:
            with engine.connect() as connection:
                return [tuple(row) for row in connection.execute(sa.text(statement))]
        finally:
            engine.dispose()

    def tables(self) -> set[str]:
        """Return the names of all tables."""
        engine = engine_for(self.url, read_only=True)
        try:
            return set(sa.inspect(engine).get_table_names())
        finally:
            engine.dispose()


def new_project(folder: Path, url: str = "") -> Project:
    """Return a project with the usual configuration and log, in SQLite where no URL is given."""
    folder.mkdir(parents=True, exist_ok=True)
    project = Project(folder, url or f"sqlite:///{folder / 'data.db'}")
    project.configure()
    project.write(ROWS)
    return project
