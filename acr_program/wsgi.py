"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application

from acr_program.config.checks import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "acr_program.settings")
refuse_unsafe()
application = get_wsgi_application()
