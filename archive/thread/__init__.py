"""What one person said here and what came of it, put together from everything they can show is theirs."""
