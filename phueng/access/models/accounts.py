"""Who can sign in?"""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from phueng.audit.clock import PhuengNow
from phueng.kernel.privacy import privacy


class AccountManager(BaseUserManager["Account"]):
    """Accounts, found the way Django's sign-in asks for them."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Find an account by what the person typed as a username; letter case does not matter."""
        return self.get(username=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A person who signs in. What the account may do stands in its duties, never in a flag here."""

    PRIVACY = privacy(
        public="id kind is_active opened_at password_changed_at password_given_at",
        personal="username display_name_th display_name_en email phone",
        sensitive="password",
    )

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    last_login = None  # sign-ins are rows of their own (SignInEvent), not a column
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=80, unique=True)
    display_name_th = models.CharField(max_length=200)
    display_name_en = models.CharField(max_length=200)
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    kind = models.CharField(max_length=10)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField(db_default=PhuengNow())
    password_changed_at = models.DateTimeField(null=True)
    # Somebody else chose the password: it opens only the page that changes it, and that for a few days.
    password_given_at = models.DateTimeField(null=True)

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        db_table = "access_account"
        constraints = [
            # Two accounts that differ only in letter case would let one pass for the other.
            models.CheckConstraint(name="access_account_username_lower", condition=Q(username=Lower("username"))),
            models.CheckConstraint(name="access_account_kind", condition=Q(kind__in=["staff", "citizen"])),
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def is_staff(self) -> bool:
        """Whether this is a member of staff (asked by libraries; our own gates ask for duties)."""
        return self.kind == "staff"
