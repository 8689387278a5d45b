"""The tables of model versions, their files, and trainings."""

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

from semantic.beside import counter_table, exact_text, place_beside

MAX_PIECE = 1 << 20
"""Most bytes of a file in one row: what every server takes in one statement."""

_MODELS = sa.MetaData()
_LONG_TEXT = sa.Text().with_variant(mysql.LONGTEXT(charset="utf8mb4", collation="utf8mb4_bin"), "mysql", "mariadb")

MODEL_VERSIONS = sa.Table(
    "model_versions",
    _MODELS,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("data_hash", exact_text(64), nullable=False),
    sa.Column("data_version", sa.Integer, nullable=False),
    sa.Column("config_hash", exact_text(64), nullable=False),
    sa.Column("n_bytes", sa.BigInteger, nullable=False),
    sa.Column("summary", _LONG_TEXT, nullable=False),
    sa.Column("timings", _LONG_TEXT, nullable=False),
    sa.Column("manifest", _LONG_TEXT, nullable=False),
    sa.Column("checked_with", exact_text(120), nullable=False),
)
"""One row a version; ``checked_with`` names the LightGBM and the machine that loaded it in a process of its own."""

MODEL_FILES = sa.Table(
    "model_files",
    _MODELS,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", exact_text(120), primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("payload", sa.LargeBinary(MAX_PIECE), nullable=False),
)
"""The files of each version in pieces of at most `MAX_PIECE` bytes."""

MODEL_TRAININGS = sa.Table(
    "model_trainings",
    _MODELS,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("owner", exact_text(120), nullable=False),
    sa.Column("status", exact_text(16), nullable=False),
    sa.Column("phase", exact_text(120), nullable=False),
    sa.Column("done", sa.Integer, nullable=False),
    sa.Column("total", sa.Integer, nullable=False),
    sa.Column("message", exact_text(1_000), nullable=False),
    sa.Column("started_at", sa.BigInteger, nullable=False),
    sa.Column("heartbeat_at", sa.BigInteger, nullable=False),
    sa.Column("finished_at", sa.BigInteger),
    sqlite_autoincrement=True,
)
"""One row a training, running ones too."""

MODEL_DRIFTS = sa.Table(
    "model_drifts",
    _MODELS,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("payload", _LONG_TEXT, nullable=False),
)
"""The newest look at the drift from each version, as JSON."""

MODEL_STATE = counter_table(
    "model_state", _MODELS, sa.Column("promoted", sa.Integer), sa.Column("previous", sa.Integer)
)
"""One row, counted up by every change: the version that is served, and the one that was served before it."""


def place_of_models(text: str) -> sa.URL:
    """Return where models are kept: the configured database, or a file beside one of SQLite."""
    return place_beside(text, "models")
