"""Journeys over events: paths unrolled by position, and who comes back; arrays in, arrays out."""
