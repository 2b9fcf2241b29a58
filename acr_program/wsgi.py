"""The web server's way in. It refuses to start on unsafe settings: gunicorn runs no checks of its own."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "acr_program.settings")
application = get_wsgi_application()
