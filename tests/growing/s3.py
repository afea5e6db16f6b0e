"""A server that speaks S3, for as long as tests need it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Event

from coproduce.stores.bucket import Address, client_for
from tools.serving import HOST, free_port

A_MOMENT, LONGEST_START = 0.1, 60  # seconds


def program() -> str | None:
    """Where moto's server is; None where it is not installed, or only the name of it is."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which("moto_server", path=f"{beside}:{os.environ.get('PATH', '')}")
    answers = found and subprocess.run([found, "--help"], capture_output=True, check=False).returncode == 0
    return found if answers else None


@contextmanager
def serving_bucket() -> Iterator[str]:
    """The address of an empty bucket, as MEDIA_BUCKET takes it."""
    port = free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([program(), "-H", HOST, "-p", str(port)], **quiet) as server:
        try:
            wait_for(port)
            address = f"s3://tester:only%2Fhere@{HOST}:{port}/media?region=eu-west-2&tls=no"
            place = {"LocationConstraint": "eu-west-2"}
            client_for(Address.read(address)).create_bucket(Bucket="media", CreateBucketConfiguration=place)
            yield address
        finally:
            server.kill()


def wait_for(port: int) -> None:
    for _ in range(round(LONGEST_START / A_MOMENT)):
        try:
            with closing(HTTPConnection(HOST, port, timeout=5)) as connection:
                connection.request("GET", "/moto-api/data.json")
                connection.getresponse()
                return
        except OSError:
            Event().wait(A_MOMENT)
    raise AssertionError("The server for S3 did not start.")
