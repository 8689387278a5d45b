"""Judging a load before it is shown: whether what is left can be compared at all."""

import numpy as np
import sqlalchemy as sa

from etl.pipeline.staging import Job
from semantic.catalog import CONVERTED, N_CONVERTED, N_SESSIONS, VARIANT
from semantic.cube import Cube
from semantic.errors import InputError, unknown_name
from semantic.schema import REJECTED_ROWS


def judge(connection: sa.Connection, job: Job, cube: Cube) -> None:
    """Refuse data that cannot carry a comparison.

    Raises
    ------
    InputError
        Where no record is left or too many broke a rule, where fewer than two variants are left, where the control is
        not among them, or where every session converted.
    """
    if not job.counts.n_read:
        raise InputError(
            f"{job.source.name} holds no records below its header; name a source with at least one session"
        )
    _judge_quarantine(connection, job)
    cuboid = cube.cuboids[0]
    n, x = (cuboid.select([measure])[0] for measure in (N_SESSIONS, N_CONVERTED))
    sessions = np.moveaxis(n, cuboid.dimensions.index(VARIANT), 0).reshape(len(cube.domains[VARIANT]), -1).sum(axis=1)
    variants = [name for name, n_of in zip(cube.domains[VARIANT].members, sessions, strict=True) if n_of > 0]
    column, control = job.config.fields[VARIANT].column, job.config.catalog.control
    if len(variants) < 2:
        raise InputError(
            f"column {column!r} holds one variant only, {variants[0]!r}; a comparison needs at least two, so check "
            "fields.variant and its aliases"
        )
    if control and control not in variants:
        raise InputError(
            f"control: {unknown_name('variant', control, variants)}; name one of those that the data holds"
        )
    if x.sum() == n.sum():
        raise InputError(
            f"every session converted according to column {job.config.fields[CONVERTED].column!r}; an outcome must "
            "vary, so check fields.converted"
        )


def _judge_quarantine(connection: sa.Connection, job: Job) -> None:
    counts, most = job.counts, job.config.cleaning.max_quarantined
    left = counts.n_read - counts.n_quarantined
    if left and counts.n_quarantined <= most * counts.n_read:
        return
    rejected = sa.select(REJECTED_ROWS).where(REJECTED_ROWS.c.run_id == job.run_id).subquery()
    select = sa.select(
        rejected.c.column_name, rejected.c.rule, sa.func.count().label("n"), sa.func.min(rejected.c.line)
    )
    select = select.group_by(rejected.c.column_name, rejected.c.rule).order_by(sa.desc("n")).limit(1)
    column, rule, n_most, line = connection.execute(select).one()
    value = connection.execute(sa.select(rejected.c.value).where(rejected.c.line == line)).scalar()
    raise InputError(
        f"{counts.n_quarantined:,} of {counts.n_read:,} records break a rule, {n_most:,} of them: column {column!r} "
        f"{rule} (line {line} holds {_short(value)}); at most {most:.0%} may, so mend the source or its mapping, or "
        "raise cleaning.max_quarantined; all of them: python -m etl export --rejected"
    )


def _short(value: str | None) -> str:
    if not value:
        return "nothing"
    return repr(value if len(value) <= 40 else value[:40] + "…")
