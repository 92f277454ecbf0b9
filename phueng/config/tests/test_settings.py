"""Do settings refuse what an operator forgot, and is production stricter than the demo?"""

import json
import os
import subprocess
import sys
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

KEYS = [
    "PHUENG_SECRET_KEY",
    "PHUENG_ENCRYPTION_KEY",
    "PHUENG_BLIND_INDEX_KEY",
    "PHUENG_AUDIT_SEAL_KEY",
    "PHUENG_PAYMENT_SIGNING_KEY",
    "PHUENG_LETTER_KEY",
    "PHUENG_EVENT_TICKET_KEY",
]
PRODUCTION = {
    "PHUENG_SETTING": "production",
    "DATABASE_URL": "postgresql://app:secret@db.example:5432/phueng",
    "PHUENG_HOSTS": "phueng.example",
    "PHUENG_PUBLIC_URL": "https://phueng.example",
    "PHUENG_CIVIL_REGISTER_URL": "https://register.example",
    "PHUENG_CIVIL_REGISTER_TOKEN": "token",
    "PHUENG_SMSC_HOST": "smsc.example",
    "PHUENG_SMSC_SYSTEM_ID": "phueng",
    "PHUENG_SMSC_PASSWORD": "password",
    "PHUENG_KRUNGTHAI_COMPANY_ID": "COMPANY",
    "PHUENG_KRUNGTHAI_ACCOUNT": "1234567890",
    "PHUENG_KRUNGTHAI_BRANCH": "0123",
    "PHUENG_KRUNGTHAI_SENDER": "กรมตัวอย่าง",
    **{name: urlsafe_b64encode(bytes([number]) * 32).decode() for number, name in enumerate(KEYS, 1)},
}
ASKED = (
    "SESSION_COOKIE_NAME CSRF_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_HSTS_SECONDS "
    "PHUENG_IS_DEMO PHUENG_ALLOWS_UNISSUED_IDS PHUENG_ALLOWS_CLOCK_OFFSET PHUENG_STAND_INS SECRET_KEY"
)


def settings_with(environment: dict[str, str], var: Path) -> "subprocess.CompletedProcess[str]":
    program = (
        "import json; from phueng.config import settings as s;"
        f"print(json.dumps({{name: getattr(s, name) for name in {ASKED.split()!r}}}"
        " | {'apps': s.INSTALLED_APPS}))"
    )
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PHUENG_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**plain, "PHUENG_VAR": str(var), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_is_strict(tmp_path: Path) -> None:
    answer = settings_with(PRODUCTION, tmp_path)
    assert answer.returncode == 0, answer.stderr
    seen = json.loads(answer.stdout)
    assert seen["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert seen["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert seen["SESSION_COOKIE_SECURE"]
    assert seen["CSRF_COOKIE_SECURE"]
    assert seen["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert not seen["PHUENG_IS_DEMO"]
    assert not seen["PHUENG_ALLOWS_UNISSUED_IDS"]
    assert not seen["PHUENG_ALLOWS_CLOCK_OFFSET"]
    assert "phueng.demo" not in seen["apps"]
    assert list(tmp_path.iterdir()) == [], "production makes no secrets by itself"


@pytest.mark.parametrize("forgotten", sorted(set(PRODUCTION)))
def test_production_names_what_is_missing(tmp_path: Path, forgotten: str) -> None:
    answer = settings_with({name: value for name, value in PRODUCTION.items() if name != forgotten}, tmp_path)
    assert answer.returncode != 0
    assert f"ImproperlyConfigured: {'Say ' if forgotten == 'PHUENG_SETTING' else ''}" in answer.stderr
    assert forgotten in answer.stderr


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    answer = settings_with({**PRODUCTION, "PHUENG_LETTER_KEY": urlsafe_b64encode(b"short").decode()}, tmp_path)
    assert answer.returncode != 0
    assert "PHUENG_LETTER_KEY must be 32 bytes" in answer.stderr


def test_demo_secrets_are_made_once_and_differ_between_installations(tmp_path: Path) -> None:
    first = settings_with({"PHUENG_SETTING": "demo"}, tmp_path / "a")
    again = settings_with({"PHUENG_SETTING": "demo"}, tmp_path / "a")
    other = settings_with({"PHUENG_SETTING": "demo"}, tmp_path / "b")
    keys = [json.loads(answer.stdout)["SECRET_KEY"] for answer in (first, again, other)]
    assert keys[0] == keys[1] != keys[2]
    assert len(list((tmp_path / "a" / "secrets").iterdir())) == len(KEYS)
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "a" / "secrets").iterdir())
