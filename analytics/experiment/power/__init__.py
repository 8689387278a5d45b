"""Power: how many units and days a comparison needs, before it starts and while it runs."""
