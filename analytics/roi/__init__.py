"""What an engine is worth: revenue, cost and profit of New over Old; pure functions of sums over users."""
