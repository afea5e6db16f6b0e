from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = gettext_lazy("Everything found again")

    def ready(self) -> None:
        from archive.retention import check_retention  # needs the models, which are loaded by now

        register(check_retention)
