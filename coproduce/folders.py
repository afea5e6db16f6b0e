"""Where files are kept: pictures, the list of what was withdrawn, and the site's own files."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from coproduce.environment import BASE_DIR, env


def media_folder() -> Path:
    """The folder of MEDIA_ROOT, from the project's own folder on unless it begins with a slash."""
    folder = BASE_DIR / (env.str("MEDIA_ROOT", default="") or ".local/media")
    if folder.exists() and not folder.is_dir():
        raise ImproperlyConfigured(f"MEDIA_ROOT is {folder}, which is a file. It must be a folder.")
    return folder


def tombstones_file() -> Path:
    """The file of TOMBSTONES, beside MEDIA_ROOT unless it is named."""
    return BASE_DIR / (env.str("TOMBSTONES", default="") or media_folder().with_name("tombstones.jsonl"))


def storages(*, in_public: bool) -> dict[str, dict[str, str]]:
    """STORAGES for Django: in public, static files have names that tell their content, and are packed."""
    static = "django.contrib.staticfiles.storage.StaticFilesStorage"
    packed = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    return {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": packed if in_public else static},
    }
