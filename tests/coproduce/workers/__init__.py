"""Programs that stand in for the worker and do what a good one never does."""
