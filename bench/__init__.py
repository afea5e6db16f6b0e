"""Measurements: what the site costs, beside a floor measured in the same run."""
