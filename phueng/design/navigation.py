"""Where is this page, and what is the address of the same page sorted or turned?

Filters live in the address, so that a list can be sent to a colleague and the way back works. Each
address here keeps everything that was already chosen.
"""

from typing import Any

from django.http import HttpRequest, QueryDict


def _changed(request: HttpRequest | None, **values: object) -> str:
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name, value in values.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"


def sorting(request: HttpRequest | None, key: str) -> dict[str, Any]:
    """The address that sorts by `key` (again: the other way round) and how it is sorted now."""
    now = request.GET.get("sort", "") if request is not None else ""
    direction = {"": "", key: "ascending", f"-{key}": "descending"}.get(now, "")
    turned = f"-{key}" if direction == "ascending" else key
    # Another order starts at the first page; staying on page 7 of a new order would show arbitrary rows.
    url = _changed(request, sort=turned)
    if request is not None and "page" in request.GET:
        query = QueryDict(url[1:], mutable=True)
        del query["page"]
        url = f"?{query.urlencode()}"
    return {"url": url, "direction": direction}


def with_page(request: HttpRequest | None, number: int) -> str:
    return _changed(request, page=number)


def is_within(request: HttpRequest | None, url: str, *, exact: bool = False) -> bool:
    """Is the person on the page of `url` or, unless `exact`, below it? The front page is only itself."""
    if request is None or not url:
        return False
    return request.path == url or (not exact and url != "/" and request.path.startswith(url.rstrip("/") + "/"))
