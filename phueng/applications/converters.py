"""How does a reference look in an address?"""

from django.urls.converters import StringConverter


class ReferenceConverter(StringConverter):
    """Exactly as we write it: capital letters and digits, without the dashes."""

    regex = "[0-9A-HJKMNP-TV-Z]{11}"
