"""Which address belongs to which package? Every address of the service starts in this list."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from phueng.config.health import alive, ready

# (address, package). A package's own urls.py says what is below it and names itself (app_name = package).
ADDRESSES = [
    ("", "portal"),
    ("apply/", "applications"),
    ("track/", "tracking"),
    ("sign-in/", "access"),
    ("desk/", "desk"),
    ("money/", "payments"),
    ("recoveries/", "recoveries"),
    ("advances/", "advances"),
    ("spotchecks/", "spotchecks"),
    ("", "documents"),  # letters/ and documents/
]
DEMO_ADDRESSES = [
    ("demo/", "demo"),
    ("design/", "design"),
]

handler500 = "phueng.config.breaking.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/alive", alive, name="alive"),
    path("health/ready", ready, name="ready"),
    *[path(at, include(f"phueng.{name}.urls")) for at, name in ADDRESSES],
]
if settings.PHUENG_SETTING in ("demo", "test"):
    urlpatterns += [path(at, include(f"phueng.{name}.urls")) for at, name in DEMO_ADDRESSES]
