from django.apps import AppConfig
from django.core.checks import register


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = "Everything found again"

    def ready(self) -> None:
        from archive.retention import check_retention  # needs the models, which are loaded by now

        register(check_retention)
