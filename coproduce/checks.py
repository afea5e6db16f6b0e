"""System checks of the project itself. (More are added beside what they check.)"""

from coproduce import durability  # noqa: F401  registers its check
