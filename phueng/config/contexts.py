"""What does every page know about the service it belongs to?"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def service(request: HttpRequest) -> dict[str, Any]:
    """`is_demo`: pages say so, and sign-in offers the cast. `request_number`: to quote over the phone."""
    return {"is_demo": settings.PHUENG_IS_DEMO, "request_number": getattr(request, "number", "")}
