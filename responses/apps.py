from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class ResponsesConfig(AppConfig):
    name = "responses"
    verbose_name = gettext_lazy("What people say")
