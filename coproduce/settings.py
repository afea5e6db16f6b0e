"""All settings, read from the environment (or a file called .env beside manage.py).

Production is the default: without DEBUG the site refuses to start unless it is told
its secret and its host names. docs/running.md lists every variable.
"""

from coproduce import policy
from coproduce.databases import databases
from coproduce.environment import BASE_DIR, env, mail_server, required, whole_number, yes_or_no
from coproduce.folders import media_folder, storages, tombstones_file
from coproduce.logs import to_stderr
from coproduce.static_headers import add_headers

LOCAL_DIR = BASE_DIR / ".local"
DEBUG = yes_or_no("DEBUG", default=False)

# Who this site is
SITE_NAME = env.str("SITE_NAME", default="Coproduce")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")
CONTROLLER = env.str("CONTROLLER", default="")
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")

if DEBUG:
    SECRET_KEY = env.str("SECRET_KEY", default="for development on this machine only")
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
else:
    SECRET_KEY = required("SECRET_KEY", "Give it 50 or more random characters and keep them.")
    ALLOWED_HOSTS = required("ALLOWED_HOSTS", "List the site's host names, with commas.").split(",")
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")  # for /metrics; without one there is no such page
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Our proxies in front (a visitor's address is read that far from the right); streams of one process.
TRUSTED_PROXIES, LIVE_READERS = whole_number("TRUSTED_PROXIES", 0), whole_number("LIVE_READERS", 2000)
SEARCH_TIMEOUT = whole_number("SEARCH_TIMEOUT", 2000)  # milliseconds for each question to the database

INSTALLED_APPS = [
    "coproduce",
    "archive",
    "journal",
    "outcomes",
    "responses",
    "events",
    "principles",
    "people",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "taggit",
    "django_htmx",
    "django_prose_editor",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "coproduce.request_ids.number_requests",
    "coproduce.watching.requests.watch",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "coproduce.languages.answer_programs_alike",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "coproduce.guards.keep_to_this_site",
    "coproduce.guards.refuse_bad_requests",
    "coproduce.watching.views.answer_machines_first",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "people.guests.know_the_viewer",
    "coproduce.guards.refuse_too_much",
    "coproduce.guards.keep_private_pages_private",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "coproduce.urls"
WSGI_APPLICATION = "coproduce.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coproduce.context.site",
            ],
        },
    },
]

# One PostgreSQL
DATABASES, DATABASE_ROUTERS = databases(), ["coproduce.replica.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database by default, so that limits hold for every process alike.
CACHES = {"default": env.cache("CACHE_URL", default="dbcache://cache")}

# Work that no page waits for: a row in the database, saved or not with what asked for it
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# People and signing in
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 15}),
        ("CommonPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
ACCOUNT_LOGOUT_REDIRECT_URL = "front"
ACCOUNT_ADAPTER = "people.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_FORMS = {"login": "people.forms.SignInForm", "signup": "people.forms.SignUpForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
# A browser allows passkeys on http://localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True

# Mail: shown on the terminal and on /mail/ in development, SMTP otherwise
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="coproduce@localhost")
MAILERS = {"default": {"BACKEND": "coproduce.mail.ShownMail"} if DEBUG else mail_server()}

# Languages (of what people write: the site's own) and time
LANGUAGE_CODE = CONTENT_LANGUAGE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="Europe/London")
USE_TZ = True

# Pictures people send (kept by coproduce.images), and static files
MEDIA_ROOT, TOMBSTONES = media_folder(), tombstones_file()
MEDIA_BUCKET = env.str("MEDIA_BUCKET", default="")
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = storages(in_public=not DEBUG)
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ADD_HEADERS_FUNCTION = add_headers

# What the browser is told
SECURE_CSP = policy.OF_PAGES
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "coproduce.views.csrf_failure"
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
# Transcripts are text: two megabytes of it is a book, ten is a mistake.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
if not DEBUG:
    SECURE_REDIRECT_EXEMPT = ["^(healthz|readyz|metrics)$"]  # asked by programs on this machine
    SECURE_SSL_REDIRECT = yes_or_no("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]

LOGGING = to_stderr(as_json=not DEBUG)
