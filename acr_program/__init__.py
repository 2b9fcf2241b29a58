"""The program as a whole: one package for each concern that all its apps share."""

from .celery import app as celery_app

__all__ = ["celery_app"]
