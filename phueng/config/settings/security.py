"""How are sign-in, cookies, headers and keys protected?"""

from datetime import timedelta

from csp.constants import NONCE, NONE, SELF

from phueng.config.settings.environment import SETTING, folder, key, named_keys, number, text

_LIVE = SETTING == "production"

# --- who signs in -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
# ASVS 6.2: length and known-bad passwords count, composition rules do not.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"phueng.access.passwords.{name}"}
    for name in ("LengthValidator", "KnownPasswordValidator", "OwnNameValidator")
]
PHUENG_REFUSED_PASSWORDS_FILE = text("PHUENG_REFUSED_PASSWORDS_FILE", "")  # the operator's own list, one a line
_SLOW_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
# Tests sign in hundreds of times: there the cost of a real hash buys nothing. The cast's one password is hashed slowly
# there too, because services in the demo setting run on copies of a test's database.
PASSWORD_HASHERS = (["django.contrib.auth.hashers.MD5PasswordHasher"] if SETTING == "test" else []) + _SLOW_HASHERS
OTP_TOTP_ISSUER = "Phueng"
# How long a proof of "it is still me" holds for one purpose, before money or power moves (phueng/access/step_up.py).
PHUENG_STEP_UP_MINUTES = number("PHUENG_STEP_UP_MINUTES", 5)

# Counted for a name on an unknown device (see phueng/access/throttling.py): nobody can lock an officer out.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_USERNAME_CALLABLE = "phueng.access.throttling.who_is_tried"
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "password", "ip_address"]
AXES_IPWARE_PROXY_COUNT = 1 if text("PHUENG_BEHIND_PROXY", "") else None

# --- cookies ------------------------------------------------------------------------------------------------
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-phueng" if _LIVE else "phueng"
SESSION_COOKIE_SECURE = _LIVE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # Strict would lose the session of a person who comes from the link in a letter
# phueng/access ends a sign-in much earlier; the row outlives it so that a half-typed form can be given back.
SESSION_COOKIE_AGE = 60 * 60 * 24 * 3
CSRF_COOKIE_NAME = "__Host-phueng-csrf" if _LIVE else "phueng-csrf"
CSRF_COOKIE_SECURE = _LIVE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [origin for origin in text("PHUENG_ORIGINS", "").split(",") if origin]
LANGUAGE_COOKIE_SECURE = _LIVE

# --- headers ------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = _LIVE and not text("PHUENG_NO_SSL_REDIRECT", "")
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _LIVE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _LIVE
SECURE_HSTS_PRELOAD = _LIVE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if text("PHUENG_BEHIND_PROXY", "") else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Coordinates of a home visit and the camera for documents are the only devices our pages may ask for.
PHUENG_PERMISSIONS_POLICY = (
    "accelerometer=(), autoplay=(), camera=(self), display-capture=(), geolocation=(self), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "font-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],  # QR codes are inline SVG; a photo is shown before it is sent
        # The event stream has an address of its own in the demo.
        "connect-src": [SELF, *[origin for origin in text("PHUENG_EVENTS_URL", "").split(",") if origin]],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}

# --- keys (32 bytes each) -----------------------------------------------------------------------------------
# Key name → key. The first one writes, all of them read: a key is replaced by putting a new one first and letting
# `phueng keys rotate` seal again what the older ones sealed.
PHUENG_ENCRYPTION_KEYS: dict[str, bytes] = named_keys("PHUENG_ENCRYPTION_KEYS", first="PHUENG_ENCRYPTION_KEY")
PHUENG_BLIND_INDEX_KEY = key("PHUENG_BLIND_INDEX_KEY")  # HMAC key: finding an identifier without decrypting
PHUENG_AUDIT_SEAL_KEY = key("PHUENG_AUDIT_SEAL_KEY")  # Ed25519 seed: signs the heads of the audit log
PHUENG_PAYMENT_SIGNING_KEY = key("PHUENG_PAYMENT_SIGNING_KEY")  # Ed25519 seed: signs payment files
PHUENG_LETTER_KEY = key("PHUENG_LETTER_KEY")  # HMAC key: the code printed on letters
PHUENG_EVENT_TICKET_KEY = key("PHUENG_EVENT_TICKET_KEY")  # HMAC key: 60-second tickets for the event stream
# A folder that stands for "a place outside the database": signed heads are copied there every hour.
PHUENG_OUTSIDE_HEADS_DIR = folder("PHUENG_OUTSIDE_HEADS_DIR", "outside-heads")
PHUENG_OUTSIDE_HEADS_SECONDS = number("PHUENG_OUTSIDE_HEADS_SECONDS", 3600 if _LIVE else 5)
