"""What does a one-time code look like, and how is it kept?"""

import hashlib
import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings

LIVES_FOR = timedelta(minutes=10)
MOST_ATTEMPTS = 5
MOST_A_DAY = 5


def new_code() -> str:
    """Six digits from the system's generator: short enough for an 80-year-old to carry from phone to form."""
    return f"{secrets.randbelow(1_000_000):06d}"


def code_hash(code_id: UUID, code: str) -> str:
    """Hash a code with our key, bound to its own row."""
    return hmac.new(settings.PHUENG_BLIND_INDEX_KEY, f"code {code_id} {code}".encode(), hashlib.sha256).hexdigest()


def text_with(code: str, language: str) -> str:
    """The message: one SMS part, no link, nothing about why the person asked."""
    if language == "en":
        return f"Phueng code {code}, valid 10 minutes. Tell it to no one."
    return f"รหัสที่พึ่ง {code} ใช้ได้ 10 นาที อย่าบอกรหัสนี้กับใคร"


def only_digits(typed: str) -> str:
    """Read a code as people type it: with spaces, or in Thai digits."""
    return "".join(str(int(sign)) for sign in typed if sign.isdecimal())[:12]
