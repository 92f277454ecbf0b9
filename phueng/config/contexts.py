"""What does every page know about the service it belongs to?"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from phueng.config.navigation import doors_for, footer_links


def service(request: HttpRequest) -> dict[str, Any]:
    """`is_demo`: pages say so, and sign-in offers the cast. `request_number`: to quote over the phone.

    `officer_doors`: what an officer's navigation offers; asked for only by pages that show it. `footer_links`: at the foot of every page.
    """
    return {
        "is_demo": settings.PHUENG_IS_DEMO,
        "request_number": getattr(request, "number", ""),
        "footer_links": SimpleLazyObject(footer_links),
        "officer_doors": SimpleLazyObject(lambda: doors_for(request.viewer) if hasattr(request, "viewer") else []),
    }
