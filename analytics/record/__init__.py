"""Record: a verdict with everything that it follows from, sealed, so that anybody can work it out again to the bit."""

from analytics.record.record import read_record, recompute, record_of, record_text

__all__ = ["read_record", "recompute", "record_of", "record_text"]
