"""The HTTP JSON API: every number of the pages, with its interval and n."""

from api.app import mount

__all__ = ["mount"]
