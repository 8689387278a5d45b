"""Signal: whether anything in the features tells who converts."""

from model.signal.verdict import find_signal

__all__ = ["find_signal"]
