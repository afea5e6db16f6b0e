from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class JournalConfig(AppConfig):
    name = "journal"
    verbose_name = gettext_lazy("What people write afterwards")
