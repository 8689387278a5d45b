import errno

import pytest
import sqlalchemy as sa

from etl.load.writing import database_faults, writing
from semantic.errors import StoreError
from tests.etl.project import Project
from tests.servers import free_port


def test_a_folder_that_does_not_exist_is_made(project: Project) -> None:
    deep = Project(project.folder, f"sqlite:///{project.folder / 'a' / 'b' / 'data.db'}")
    assert deep.load().changed


def test_a_database_that_is_away_is_named_without_its_password() -> None:
    url = f"mysql://user:secret@127.0.0.1:{free_port()}/shop"
    with pytest.raises(StoreError, match=r"the database .*\*\*\*@127\.0\.0\.1.* does not answer"), writing(url):
        pass


def test_a_database_of_another_kind_is_refused() -> None:
    with pytest.raises(StoreError, match="postgresql cannot hold"), writing("postgres://u@h/n"):
        pass


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG])
def test_a_full_disk_is_called_by_its_name(number: int) -> None:
    engine = sa.create_engine("sqlite:////data/x.db")
    with pytest.raises(StoreError, match=r"no room for the data in /data/x\.db .*unchanged"), database_faults(engine):
        raise OSError(number, "it is full")


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOENT, errno.EROFS])
def test_a_place_that_cannot_be_written_is_named(number: int) -> None:
    engine = sa.create_engine("sqlite:////data/x.db")
    with pytest.raises(StoreError, match=r"/data/x\.db cannot be written \(no\); name"), database_faults(engine):
        raise OSError(number, "no")


def test_other_faults_of_the_machine_are_not_hidden() -> None:
    with pytest.raises(ConnectionResetError), database_faults(sa.create_engine("sqlite://")):
        raise ConnectionResetError
