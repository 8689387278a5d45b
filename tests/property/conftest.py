"""The laws are held over the same small data as the semantic layer's own tests."""

from tests.semantic.conftest import catalog, cube, sessions, sqlite_url

__all__ = ["catalog", "cube", "sessions", "sqlite_url"]
