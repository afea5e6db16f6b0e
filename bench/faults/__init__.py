"""Bad days at full length: what tests/faults shows small, and what takes too long or too much for a test."""
