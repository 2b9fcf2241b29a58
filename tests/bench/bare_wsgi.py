"""The bare Django as a web application."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

django.setup(set_prefix=False)
settings.MIDDLEWARE = settings.BARE_MIDDLEWARE
application = WSGIHandler()
