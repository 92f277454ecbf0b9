"""What kind of service is this: language, time, pages, and which installation?"""

from typing import Any

from phueng.config.settings.environment import ROOT, SETTING, VAR, folder, key, number, text, text_local

PHUENG_SETTING = SETTING
PHUENG_IS_DEMO = SETTING == "demo"
# Identity numbers that begin with 9 are issued to nobody: invented people have them, production refuses them.
PHUENG_ALLOWS_UNISSUED_IDS = SETTING in ("demo", "test")
# The server clock may be moved in demo and tests only (see phueng_now() in phueng/audit).
PHUENG_ALLOWS_CLOCK_OFFSET = SETTING in ("demo", "test")
PHUENG_ROOT = ROOT
PHUENG_VAR = VAR
PHUENG_DOCUMENTS_DIR = folder("PHUENG_DOCUMENTS_DIR", "documents")
PHUENG_PUBLIC_URL = text_local("PHUENG_PUBLIC_URL", "http://127.0.0.1:8000")  # printed in QR codes
# How long "I am working on this case" holds before others may claim it (phueng/applications/actions/claim.py).
PHUENG_CLAIM_MINUTES = number("PHUENG_CLAIM_MINUTES", 30)

DEBUG = False
SECRET_KEY = key("PHUENG_SECRET_KEY").hex()
ALLOWED_HOSTS = text_local("PHUENG_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_FAILURE_VIEW = "phueng.design.views.csrf_failed"
ROOT_URLCONF = "phueng.config.urls"
WSGI_APPLICATION = "phueng.config.wsgi.application"

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "django_language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Bangkok"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "phueng.config.contexts.service",
                "phueng.access.contexts.viewer",
            ],
        },
    }
]

# Photos of documents come from phones. The web process never holds more than one part of them in memory.
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_PERMISSIONS = 0o600

SILENCED_SYSTEM_CHECKS = [
    "axes.W002",  # our own sign-in page answers a locked account; the middleware's page would be a second one
    "axes.W006",  # counting by address would lock out a whole office behind one address: we count by account and device
]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": text("PHUENG_LOG_LEVEL", "WARNING")},
    "loggers": {
        "phueng": {"level": text("PHUENG_LOG_LEVEL", "INFO")},
        # These libraries log arguments, SQL or whole replies: personal data would end up in log files.
        "django.db.backends": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
        "procrastinate": {"level": "CRITICAL"},
        "smpplib": {"level": "CRITICAL"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "axes": {"level": "ERROR"},
    },
}
