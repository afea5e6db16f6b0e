from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class CoproduceConfig(AppConfig):
    name = "coproduce"
    verbose_name = gettext_lazy("The site itself")

    def ready(self) -> None:
        from coproduce import checks  # noqa: F401  registers the checks
