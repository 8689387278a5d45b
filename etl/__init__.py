"""Rows in: extract, clean, validate, load."""
