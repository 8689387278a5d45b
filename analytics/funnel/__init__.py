"""Funnels over events: how far units come, when, and with what interval; arrays in, arrays out."""
