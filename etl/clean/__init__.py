"""From the records of a source to clean columns, and which records break which rule."""

from etl.clean.cleaner import Cleaned, Cleaner
from etl.clean.sift import Fault, Rejection, Sessions, raw_rows, sift

__all__ = [
    "Cleaned",
    "Cleaner",
    "Fault",
    "Rejection",
    "Sessions",
    "raw_rows",
    "sift",
]
