"""Is this a good password? Long, and not one that everybody uses; no rules about characters (ASVS 6.2)."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError

from phueng.design.wording import say_lazily

LEAST_CHARACTERS = 12
# Long passphrases are welcome; the end only keeps a 10 MB password from being hashed.
MOST_CHARACTERS = 128


class LengthValidator:
    """At least 12 and at most 128 characters, whatever they are."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when too short or too long."""
        if len(password) < LEAST_CHARACTERS:
            raise ValidationError(
                say_lazily(
                    "รหัสผ่านสั้นเกินไป ใช้อย่างน้อย 12 ตัวอักษร เช่น คำสามสี่คำที่จำง่ายต่อกัน",
                    "The password is too short. Use at least 12 characters, for example three or four words.",
                ),
                code="password_too_short",
            )
        if len(password) > MOST_CHARACTERS:
            raise ValidationError(
                say_lazily("รหัสผ่านยาวเกิน 128 ตัวอักษร", "The password is longer than 128 characters."),
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        """Say the rule before somebody breaks it."""
        return str(
            say_lazily("อย่างน้อย 12 ตัวอักษร ใช้ภาษาไทยหรือเว้นวรรคได้", "At least 12 characters; spaces and Thai are fine.")
        )


class KnownPasswordValidator(CommonPasswordValidator):
    """Not one of the 20,000 most used passwords, and not on the operator's own list."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when others are known to use it."""
        plain = password.strip().lower()
        if plain in self.passwords or plain in refused_by_operator(settings.PHUENG_REFUSED_PASSWORDS_FILE):
            raise ValidationError(
                say_lazily(
                    "รหัสผ่านนี้มีคนใช้กันมาก เดาง่าย เลือกรหัสอื่น",
                    "Many people use this password, so it is easy to guess. Choose another one.",
                ),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        """Say the rule before somebody breaks it."""
        return str(say_lazily("ไม่ใช่รหัสที่คนใช้กันทั่วไป", "Not one that many people use."))


class OwnNameValidator(UserAttributeSimilarityValidator):
    """Not the person's own username, name or e-mail."""

    DEFAULT_USER_ATTRIBUTES = ("username", "display_name_th", "display_name_en", "email")

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when it is nearly the person's own name."""
        try:
            super().validate(password, user)
        except ValidationError as refused:
            raise ValidationError(
                say_lazily("รหัสผ่านคล้ายชื่อหรืออีเมลของคุณเกินไป", "The password is too much like your own name or e-mail."),
                code=refused.code,
            ) from refused

    def get_help_text(self) -> str:
        """Say the rule before somebody breaks it."""
        return str(say_lazily("ไม่ใช่ชื่อหรืออีเมลของคุณ", "Not your name or e-mail."))


@lru_cache(maxsize=4)
def refused_by_operator(path: str) -> frozenset[str]:
    """Read the operator's list, one password a line; an empty path means there is none."""
    if not path:
        return frozenset()
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines if line.strip())
