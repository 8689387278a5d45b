"""What the words mean: dimensions, measures, metrics, filters, queries, and the store that answers them."""
