from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class OutcomesConfig(AppConfig):
    name = "outcomes"
    verbose_name = gettext_lazy("What came of it")
