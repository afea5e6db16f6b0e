"""Principles, sets and times compared: the kept counts as figures, each with its table and its files."""
