"""A bucket of S3 on the loopback."""

from collections.abc import Iterator
from contextlib import contextmanager

import boto3
import pytest
from moto.server import ThreadedMotoServer

from shared.settings import FilesSettings


@contextmanager
def bucket() -> Iterator[FilesSettings]:
    """How an empty bucket is reached while it is there."""
    with pytest.MonkeyPatch.context() as settings:
        for name, value in {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}.items():
            settings.setenv(name, value)
        server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        address = f"http://{host}:{port}"
        client = boto3.client("s3", endpoint_url=address, region_name="us-east-1")
        client.create_bucket(Bucket="files")
        yield FilesSettings(
            files="s3://files/prefix",
            files_endpoint=address,
            files_key_id="key",
            files_secret_key="s" * 40,
        )
        server.stop()
