from django.conf import settings
from django.http import HttpRequest

THEMES = ("light", "dark")


def site(request: HttpRequest) -> dict[str, object]:
    """What every page knows: the site's name and the colours its reader chose."""
    theme = request.COOKIES.get("theme", "")
    return {
        "site_name": settings.SITE_NAME,
        "theme": theme if theme in THEMES else "",
        "contact_email": settings.CONTACT_EMAIL,
        "in_development": settings.DEBUG,
    }
