"""Heterogeneity: for whom a treatment works, by one and two dimensions, corrected for everything looked at."""

from analytics.heterogeneity.heterogeneity import HETEROGENEITY, compute_heterogeneity, segment_dimensions

__all__ = ["HETEROGENEITY", "compute_heterogeneity", "segment_dimensions"]
