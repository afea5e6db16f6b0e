"""The wall of what may be taken away, for those who want more than that."""

from tests.archive.take.conftest import wall  # noqa: F401  a fixture
