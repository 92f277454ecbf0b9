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
    ("", "documents"),  # letters/ and documents/
]
DEMO_ADDRESSES = [
    ("demo/", "demo"),
    ("design/", "design"),
]


def _listed() -> list[tuple[str, str]]:
    listed = [*ADDRESSES, *(DEMO_ADDRESSES if settings.PHUENG_SETTING in ("demo", "test") else [])]
    return [
        (at, name) for at, name in listed if (settings.PHUENG_ROOT / "phueng" / name / "urls.py").exists()
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("health/alive", alive, name="alive"),
    path("health/ready", ready, name="ready"),
    *[path(at, include(f"phueng.{name}.urls")) for at, name in _listed()],
]
