"""Sums over units worked out by pandas alone, session by session, and logs to work them out for."""

import dataclasses
from datetime import date

import numpy as np
import pandas as pd

from config.spec import FieldSpec
from config.words import build_catalog, complete_fields
from semantic.catalog import MISSING, Catalog, Measure
from semantic.domain import Domain
from semantic.experiment import Experiment
from semantic.filter import Clause, Filter, RangeClause
from semantic.query import Domains
from semantic.units import EXPOSURE_DAY, FIRST_DAY, UnitAnswer, UnitColumn, UnitQuery
from tests.semantic.conftest import FIELDS, random_sessions

STARTED_ON = date(2026, 3, 2)


def unit_catalog(started_on: date | None = STARTED_ON, *, has_users: bool = True) -> Catalog:
    users = {"user_id": FieldSpec(column="user")} if has_users else {}
    catalog = build_catalog(complete_fields({**FIELDS, **users}), control="Old", currency="₹")
    return dataclasses.replace(catalog, experiment=Experiment(started_on=started_on))


def unit_sessions(n_rows: int, seed: int, n_users: int = 0) -> pd.DataFrame:
    """Return sessions of users who mostly have one variant; every tenth session has no user."""
    rng = np.random.default_rng(seed)
    frame = random_sessions(n_rows, seed)
    users = rng.integers(0, n_users or max(n_rows // 3, 1), n_rows)
    variants = np.where(rng.random(n_rows) < 0.05, rng.integers(0, 2, n_rows), users % 2)
    names = pd.Series("u" + users.astype(str).astype(object))
    frame["variant"] = pd.Categorical.from_codes(variants, pd.Index(["New", "Old"]))
    frame["user_id"] = names.where(rng.random(n_rows) >= 0.1, None)
    frame["revenue"] = np.where(rng.random(n_rows) < 0.5, 0.0, frame["revenue"])
    return frame


def oracle(frame: pd.DataFrame, query: UnitQuery, catalog: Catalog, domains: Domains) -> UnitAnswer:
    """Return what the answer must be."""
    day = pd.to_datetime(frame["day"].astype(object))
    start = catalog.experiment.started_on
    is_in_time = pd.Series(True, frame.index) if start is None else day >= pd.Timestamp(start)
    users = frame["user_id"] if "user_id" in frame else pd.Series(None, frame.index, dtype=object)
    unit = users.where(users.notna(), [f"\0{i}" for i in range(len(frame))]).astype(str)
    variant = frame["variant"].astype(str)
    first = day.where(is_in_time).groupby([unit, variant]).transform("min")
    places = pd.DataFrame({axis: _places(frame, axis, domains, day, first) for axis in query.by}, frame.index)
    kept = is_in_time & kept_rows(frame, query.where, domains)
    values = {}
    for column in query.columns:
        added = _added(frame, catalog.measure(column.measure))
        if column.is_before:
            is_before = day < pd.Timestamp(start) if start else pd.Series(False, frame.index)
            values[column.name] = unit.map(added[is_before & users.notna()].groupby(unit).sum()).fillna(0.0)
        else:
            values[column.name] = added
    rows = pd.DataFrame(values, index=frame.index)[kept]
    shape = tuple(_size(axis, domains) for axis in query.by)
    return _summed(query, rows, [unit[kept], variant[kept]], places[kept], shape, users[kept])


def _summed(query, rows, keys, places, shape, users) -> UnitAnswer:
    how = {column.name: "max" if column.is_before else "sum" for column in query.columns}
    whole = rows.groupby(keys).agg(how)
    caps = {c.name: _cap(whole[c.name], c) for c in query.columns if c.cap_quantile}
    units = rows.groupby([*keys, *(places[axis] for axis in query.by)]).agg(how)
    for column in query.columns:
        units[column.name] = _finished(units[column.name], column, caps)
    cells = [units.index.get_level_values(2 + i).to_numpy() for i in range(len(query.by))]
    k = len(query.columns)
    n, totals, products = np.zeros(shape), np.zeros((*shape, k)), np.zeros((*shape, k, k))
    for row, vector in enumerate(units.to_numpy(float)):
        place = tuple(int(cell[row]) for cell in cells)
        n[place] += 1
        totals[place] += vector
        products[place] += np.outer(vector, vector)
    named = users.notna()
    crossed = int((keys[1][named].groupby(users[named]).nunique() > 1).sum()) if named.any() else 0
    alone = int((~named).sum()) if named.any() else 0
    return UnitAnswer(query.by, {}, n, totals, products, 1, "sql", crossed, caps, alone)


def _cap(sums: pd.Series, column: UnitColumn) -> float:
    positive = sums[sums > 0]
    return float(np.quantile(positive, column.cap_quantile or 1.0)) if len(positive) else 0.0


def _finished(sums: pd.Series, column: UnitColumn, caps: dict[str, float]) -> pd.Series:
    if column.is_any:
        return (sums > 0).astype(float)
    return sums.clip(upper=caps[column.name]) if column.name in caps else sums


def _added(frame: pd.DataFrame, measure: Measure) -> pd.Series:
    product = pd.Series(1.0, frame.index)
    for name, power in measure.factors:
        product *= frame[name].astype(float) ** power if power else frame[name].notna().astype(float)
    return product.fillna(0.0)


def kept_rows(frame: pd.DataFrame, where: Filter, domains: Domains) -> pd.Series:
    """Return which sessions a filter keeps."""
    kept = pd.Series(True, frame.index)
    for clause in where.clauses:
        domain = domains[clause.dimension]
        kept &= _of_clause(frame[domain.dimension.column], clause, domain)
    return kept


def _of_clause(values: pd.Series, clause: Clause | RangeClause, domain: Domain) -> pd.Series:
    if isinstance(clause, Clause):
        return pd.Series(domain.mask(clause)[_codes(values, domain)], values.index)
    is_time = domain.dimension.kind == "time"
    numbers = pd.to_datetime(values.astype(object)) if is_time else values
    kept = numbers.notna()
    if clause.low is not None:
        kept &= numbers >= (pd.Timestamp(clause.low) if is_time else clause.low)
    if clause.high is not None:
        kept &= numbers < (pd.Timestamp(clause.high) if is_time else clause.high)
    return kept


def _codes(values: pd.Series, domain: Domain) -> np.ndarray:
    if domain.dimension.is_binned:
        codes = np.searchsorted(domain.edges, values.to_numpy(float), side="right")
        return np.where(values.isna(), len(domain) - 1, codes)
    return np.array([domain.position_of[MISSING if pd.isna(v) else str(v)] for v in values], int)


def _places(frame, axis, domains, day, first) -> np.ndarray:
    if axis not in (FIRST_DAY, EXPOSURE_DAY):
        return _codes(frame[domains[axis].dimension.column], domains[axis])
    if axis == FIRST_DAY:
        return _codes(first.dt.strftime("%Y-%m-%d").astype(object).where(first.notna(), None), domains["day"])
    return (day - first).dt.days.fillna(domains["day"].n_present).to_numpy(int)


def _size(axis: str, domains: Domains) -> int:
    return len(domains["day" if axis in (FIRST_DAY, EXPOSURE_DAY) else axis])
