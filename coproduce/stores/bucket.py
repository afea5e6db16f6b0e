"""Files in a bucket of a server that speaks S3, which all machines of a site share.

A bucket knows no folders, and nothing in it can be renamed. A folder of files is there once its
marker is, which is written last and goes first. Whoever adds files looks for the marker afterwards:
where it went in the meantime, what was added goes too. So nothing outlives a folder that was removed.
"""

import io
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from coproduce.stores.folder import INCOMING, Folder

MARKER = ".kept"
GONE = ("404", "NoSuchKey", "NotFound")
FORM = "s3://KEY:SECRET@HOST/BUCKET?region=REGION (and &tls=no for a server beside the site)"
PATIENCE, TRIES = 10, 3  # seconds for an answer, and how often it is asked for
MOST_AT_ONCE = 1000  # keys that can be deleted in one request


@dataclass(frozen=True)
class Address:
    """Where a bucket is, and with what it is opened."""

    key: str
    secret: str
    endpoint: str
    bucket: str
    region: str

    @classmethod
    def read(cls, text: str) -> "Address":
        """Raises ImproperlyConfigured, with nothing of `text` in it: there is a secret there."""
        parts, asked = urlsplit(text), parse_qs(urlsplit(text).query)
        bucket = parts.path.strip("/")
        if parts.scheme != "s3" or not all((parts.username, parts.password, parts.hostname, bucket)):
            raise ImproperlyConfigured(f"MEDIA_BUCKET cannot be read. It must be {FORM}.")
        scheme = "http" if asked.get("tls") == ["no"] else "https"
        port = f":{parts.port}" if parts.port else ""
        endpoint = f"{scheme}://{parts.hostname}{port}"
        region = asked.get("region", ["us-east-1"])[0]
        return cls(unquote(parts.username), unquote(parts.password), endpoint, bucket, region)


def client_for(address: Address) -> Any:  # noqa: ANN401  boto3 makes its classes when it runs
    try:
        import boto3
        from botocore.config import Config
    except ImportError:
        raise ImproperlyConfigured(
            "MEDIA_BUCKET needs the package boto3: pip install 'boto3>=1.44,<2'."
        ) from None
    return boto3.client(
        "s3",
        endpoint_url=address.endpoint,
        aws_access_key_id=address.key,
        aws_secret_access_key=address.secret,
        region_name=address.region,
        config=Config(
            connect_timeout=PATIENCE, read_timeout=PATIENCE, retries={"total_max_attempts": TRIES},
            s3={"addressing_style": "path"},
        ),
    )  # fmt: skip


class Bucket:
    """The same as `folder.Folder`; `scratch` is where this machine works on what is in the bucket."""

    def __init__(self, address: str, scratch: Path) -> None:
        where = Address.read(address)
        self._client, self._bucket, self._scratch = client_for(where), where.bucket, Folder(scratch)

    def keep(self, incoming: Path, folder: str) -> None:
        """Sends a finished folder, which then goes from this machine."""
        self._send_all(incoming, folder)
        self._client.put_object(Bucket=self._bucket, Key=f"{folder}/{MARKER}", Body=b"")
        shutil.rmtree(incoming)

    def has(self, folder: str) -> bool:
        return self.file(f"{folder}/{MARKER}").exists()

    def file(self, name: str) -> "BucketFile":
        return BucketFile(self._client, self._bucket, name)

    def first(self, folder: str, beginning: str) -> "BucketFile | None":
        names = self._keys(f"{folder}/{beginning}")
        return next((self.file(name) for name, _changed in names), None)

    @contextmanager
    def local(self, folder: str, *wanted: str) -> Iterator[Path]:
        if not self.has(folder):
            raise FileNotFoundError(folder)
        # A name by which it is swept should this process be killed.
        here = self._scratch.root / f"{INCOMING}{secrets.token_hex(16)}"
        here.mkdir(mode=0o700, parents=True)
        try:
            for beginning in wanted:
                for name, _changed in self._keys(f"{folder}/{beginning}"):
                    self._client.download_file(self._bucket, name, str(here / Path(name).name))
            yield here
        finally:
            shutil.rmtree(here, ignore_errors=True)

    def add(self, part: Path, folder: str, *, under: str = "", last: str = "") -> None:
        self._send_all(part, f"{folder}/{under}".rstrip("/"), last)
        if not self.has(folder):
            self.remove(folder)
            raise FileNotFoundError(folder)

    def write(self, content: bytes, name: str) -> None:
        self._client.put_object(Bucket=self._bucket, Key=name, Body=content)
        folder = name.partition("/")[0]
        if not self.has(folder):
            self.remove(folder)
            raise FileNotFoundError(name)

    def put(self, incoming: Path, name: str) -> None:
        self._client.upload_file(str(incoming), self._bucket, name)
        incoming.unlink()

    def drop(self, name: str) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=name)

    def remove(self, folder: str) -> None:
        self.drop(f"{folder}/{MARKER}")
        keys = [{"Key": name} for name, _changed in self._keys(f"{folder}/")]
        for begin in range(0, len(keys), MOST_AT_ONCE):
            these = {"Objects": keys[begin : begin + MOST_AT_ONCE], "Quiet": True}
            said = self._client.delete_objects(Bucket=self._bucket, Delete=these)
            if said.get("Errors"):
                raise OSError(f"{len(said['Errors'])} files of {folder} could not be deleted.")

    def clear(self, name: str) -> None:
        """Takes away a folder that nothing names from the bucket, or half of one from this machine."""
        if name.startswith(INCOMING):
            self._scratch.clear(name)
        else:
            self.remove(name)

    def found(self, beneath: str = "") -> Iterator[tuple[str, float]]:
        changed: dict[str, float] = {}
        start = f"{beneath}/" if beneath else ""
        for name, at in self._keys(start):
            top = name.removeprefix(start).partition("/")[0]
            changed[top] = max(at, changed.get(top, 0))
        yield from changed.items()
        yield from ((name, at) for name, at in self._scratch.found(beneath) if name.startswith(INCOMING))

    def _send_all(self, part: Path, to: str, last: str = "") -> None:
        files = [path for path in part.rglob("*") if path.is_file()]
        for path in sorted(files, key=lambda path: path.name == last):
            self._client.upload_file(str(path), self._bucket, f"{to}/{path.relative_to(part).as_posix()}")

    def _keys(self, beginning: str) -> Iterator[tuple[str, float]]:
        pages = self._client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket, Prefix=beginning):
            for one in page.get("Contents", ()):
                yield one["Key"], one["LastModified"].timestamp()


@dataclass(frozen=True, slots=True)
class BucketFile:
    """One file, with those methods of a path that reading it needs."""

    client: Any
    bucket: str
    key: str

    @property
    def name(self) -> str:
        return self.key.rpartition("/")[2]

    @property
    def size(self) -> int:
        """Its bytes. Raises FileNotFoundError."""
        return self._asked("head_object")["ContentLength"]

    def exists(self) -> bool:
        try:
            self._asked("head_object")
        except FileNotFoundError:
            return False
        return True

    def read_bytes(self) -> bytes:
        return self._asked("get_object")["Body"].read()

    def open(self, mode: str = "r") -> IO:
        """To be read from its beginning to its end, as it comes from the server."""
        body = io.BufferedReader(_Raw(self._asked("get_object")["Body"]))
        return body if "b" in mode else io.TextIOWrapper(body, encoding="utf-8")

    def _asked(self, what: str) -> dict[str, Any]:
        from botocore.exceptions import ClientError

        try:
            return getattr(self.client, what)(Bucket=self.bucket, Key=self.key)
        except ClientError as error:
            if error.response["Error"]["Code"] in GONE:
                raise FileNotFoundError(self.key) from None
            raise


class _Raw(io.RawIOBase):
    """What a server sends, as a file."""

    def __init__(self, body: IO[bytes]) -> None:
        super().__init__()
        self._body = body

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        piece = self._body.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._body.close()
        super().close()
