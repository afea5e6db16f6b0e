from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class PrinciplesConfig(AppConfig):
    name = "principles"
    verbose_name = gettext_lazy("What the community holds")
