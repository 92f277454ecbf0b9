"""How does Django know this package?"""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Provinces, districts, subdistricts and offices."""

    name = "phueng.places"
    label = "places"
