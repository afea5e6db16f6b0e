from django.apps import AppConfig


class CoproduceConfig(AppConfig):
    name = "coproduce"
    verbose_name = "The site itself"

    def ready(self) -> None:
        from coproduce import checks  # noqa: F401  registers the checks
