"""How does Django know this package?"""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """Office and bank days, and clocks."""

    name = "phueng.calendars"
    label = "calendars"
