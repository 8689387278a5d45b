"""Extract, clean, validate, load: the whole way of a source into the database, and back out."""

from etl.pipeline.append import append
from etl.pipeline.export import export
from etl.pipeline.load import load
from etl.pipeline.status import Status, status, verify

__all__ = ["Status", "append", "export", "load", "status", "verify"]
