"""Which packages make up this service, and through what does every request pass?"""

from phueng.config.settings.environment import SETTING

# From the ground up, as in ARCHITECTURE.md.
PACKAGES = [
    "design",
    "audit",
    "places",
    "calendars",
    "access",
    "documents",
    "notices",
    "ledger",
    "questionnaires",
    "registry",
    "matching",
    "entitlements",
    "benefits",
    "applications",
    "verification",
    "decisions",
    "payments",
    "recoveries",
    "advances",
    "spotchecks",
    "retention",
    "desk",
    "tracking",
    "portal",
]
if SETTING in ("demo", "test"):
    PACKAGES.append("demo")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    *[f"phueng.{name}" for name in PACKAGES],
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "phueng.config.middleware.RequestNumber",
    "phueng.config.middleware.CareOfPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "phueng.design.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "phueng.access.middleware.ViewerMiddleware",
]
