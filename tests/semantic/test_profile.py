import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from semantic.database import engine_for
from semantic.errors import StoreError
from semantic.profile import Profile, UserCounts, read_profile
from semantic.schema import METADATA, PROFILES

USERS = UserCounts(n_users=3, n_sessions=5, n_in_two_variants=1, users_by_sessions=((1, 2), (3, 1)))
PROFILE = Profile(4, n_sessions=6, n_incomplete=2, n_missing={"age": 1, "user_id": 1}, users=USERS)


@pytest.mark.parametrize("profile", [PROFILE, Profile(4, 0, 0, {}, None)])
def test_a_profile_survives_json(profile: Profile) -> None:
    assert Profile.from_json(4, json.loads(json.dumps(profile.to_json()))) == profile


def test_a_profile_is_read_by_version(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path / 'x.db'}", read_only=False)
    with engine.begin() as connection:
        METADATA.create_all(connection)
        connection.execute(sa.insert(PROFILES).values(version=4, payload=json.dumps(PROFILE.to_json())))
    assert read_profile(engine, 4) == PROFILE
    assert read_profile(engine, 3) is None
    engine.dispose()


def test_a_database_of_an_older_release_has_no_profile(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path / 'x.db'}", read_only=False)
    assert read_profile(engine, 1) is None
    engine.dispose()


def test_a_database_that_is_away_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no data is loaded yet"):
        read_profile(engine_for(f"sqlite:///{tmp_path / 'none.db'}", read_only=True), 1)
