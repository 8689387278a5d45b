"""Profile: what is missing in one version of the data, and how often its users came; counted while it is loaded."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from semantic.errors import StoreError
from semantic.schema import PROFILES
from semantic.store import describe_database_error


@dataclass(frozen=True, slots=True)
class UserCounts:
    """How often the users of one version came.

    Attributes
    ----------
    n_users : int
        Distinct users.
    n_sessions : int
        Sessions whose user is known.
    n_in_two_variants : int
        Users with sessions under more than one variant.
    users_by_sessions : tuple of (int, int)
        Number of sessions, ascending, and how many users have exactly that many.
    """

    n_users: int
    n_sessions: int
    n_in_two_variants: int
    users_by_sessions: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of all sessions of one version beside their sums.

    Attributes
    ----------
    version : int
        Version of the data; 0 before it is published.
    n_sessions : int
        All of them.
    n_incomplete : int
        Sessions in which at least one column is missing.
    n_missing : mapping of str to int
        For each column of the sessions table, the sessions in which it is missing.
    users : UserCounts or None
        None where the data has no user.
    """

    version: int
    n_sessions: int
    n_incomplete: int
    n_missing: Mapping[str, int]
    users: UserCounts | None

    def to_json(self) -> dict[str, Any]:
        """Return what `from_json` needs beside the version."""
        users = self.users and {name: getattr(self.users, name) for name in UserCounts.__dataclass_fields__}
        return {
            "n_sessions": self.n_sessions,
            "n_incomplete": self.n_incomplete,
            "n_missing": dict(self.n_missing),
            "users": users,
        }

    @classmethod
    def from_json(cls, version: int, data: Mapping[str, Any]) -> "Profile":
        """Return the profile that `to_json` wrote."""
        users = data["users"]
        if users is not None:
            counts = tuple((n_sessions, n_users) for n_sessions, n_users in users["users_by_sessions"])
            users = UserCounts(**(users | {"users_by_sessions": counts}))
        return cls(version, data["n_sessions"], data["n_incomplete"], data["n_missing"], users)


def read_profile(engine: sa.Engine, version: int) -> Profile | None:
    """Return the profile of a version, or None where none was stored: it is then not known.

    Parameters
    ----------
    engine : Engine
        Where the tables are.
    version : int
        Version of the data, as of `Store.snapshot`.

    Raises
    ------
    StoreError
        Where the database is away.
    """
    try:
        with engine.connect() as connection:
            return stored_profile(connection, version)
    except SQLAlchemyError as error:
        raise StoreError(describe_database_error(error, engine.url)) from error


def stored_profile(connection: sa.Connection, version: int) -> Profile | None:
    """Return the profile of a version, or None; a database of an older release has no table for it."""
    if not sa.inspect(connection).has_table(PROFILES.name):
        return None
    select = sa.select(PROFILES.c.payload).where(PROFILES.c.version == version)
    payload = connection.execute(select).scalar()
    return None if payload is None else Profile.from_json(version, json.loads(payload))
