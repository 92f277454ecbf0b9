"""Where do style sheets, scripts and fonts come from?

Names carry a hash of the content (manifest), so a browser keeps them for a year and never shows an old one.
Fonts are cut from their wheels by `phueng build-assets` into var/assets/ and served as /static/fonts/….
"""

from typing import Any

from phueng.config.settings.environment import SETTING, VAR, folder

STATIC_URL = "/static/"
STATIC_ROOT = folder("PHUENG_STATIC_DIR", "static")
PHUENG_ASSETS_DIR = folder("PHUENG_ASSETS_DIR", "assets")
STATICFILES_DIRS = [PHUENG_ASSETS_DIR] if PHUENG_ASSETS_DIR.is_dir() else []
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            # Tests of single pages run without collected files; the running service has them.
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if SETTING == "test"
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
MEDIA_ROOT = VAR / "uploads"
WHITENOISE_USE_FINDERS = SETTING == "test"
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 60 if SETTING == "test" else 3600
