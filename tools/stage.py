"""The site as the photographs show it: like production, but over plain HTTP and without collected files."""

import logging
import os

os.environ["DEBUG"] = "1"

from django.conf import settings
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
# Cookies and styles are those of development by now; the pages for errors are production's.
settings.DEBUG = False
# Pages for errors are looked at on purpose: only what breaks is worth a line.
logging.getLogger("django.request").setLevel(logging.ERROR)
settings.ROOT_URLCONF = "tools.stage_urls"
