"""The site as a WSGI application, for granian or any other WSGI server."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection

from coproduce.durability import insist_on_durability

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")

application = get_wsgi_application()
insist_on_durability()
connection.close()
