"""Two rankers in one shared list, beside an A/B test."""
