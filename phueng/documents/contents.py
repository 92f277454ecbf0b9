"""How are bytes stored, and how do they go for good?"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from phueng.documents.models import Content


def store_content(content: bytes, mime: str, at: datetime) -> Content:
    """Keep these bytes with their checksum."""
    return Content.objects.create(
        sha256=sha256_of(content), mime=mime, byte_size=len(content), content=content, stored_at=at
    )


def wipe_contents(contents: Iterable[Content | None], at: datetime) -> None:
    """Remove the bytes; checksum, kind and size stay as proof of what was there."""
    ids = [content.pk for content in contents if content is not None]
    Content.objects.filter(pk__in=ids, wiped_at__isnull=True).update(content=b"", wiped_at=at)


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
