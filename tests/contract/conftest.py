"""The contracts are held over the same small data as the semantic layer's own tests."""

from tests.semantic.conftest import catalog, cube, fresh_database, sessions, sqlite_url, store

__all__ = ["catalog", "cube", "fresh_database", "sessions", "sqlite_url", "store"]
