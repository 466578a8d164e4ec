"""samples/sqs before a moto server: the form that the template writes arrives in the queue, through the command and the server.

Moto answers forms with XML, whatever it is asked to accept, so that the response template finds no id.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.commands import ROOT
from tests.e2e.servers import serving

FOLDER = ROOT / "samples" / "sqs"
NO_FILES = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    """The address of a server that plays SQS."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


class Queue:
    """A queue of its own at an address."""

    def __init__(self, address: str, name: str):
        import botocore.session

        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        self._sqs = botocore.session.get_session().create_client("sqs", "us-east-1", endpoint_url=address, **keys)
        self._url = self._sqs.create_queue(QueueName=name)["QueueUrl"]

    def take(self) -> str:
        """The body of the one message that is in it."""
        (message,) = self._sqs.receive_message(QueueUrl=self._url, MaxNumberOfMessages=10)["Messages"]
        body: str = message["Body"]
        return body


def test_a_message_arrives_through_vtl_invoke(moto: str) -> None:
    queue = Queue(moto, "invoked")
    body = '{"text": "a & b = ü+ %"}'
    command = [sys.executable, "-m", "vtl", "invoke", "openapi.yaml", "POST", "/messages", "-d", body, "-s", "queue=invoked"]
    environment: dict[str, Any] = {**os.environ, **NO_FILES, "PYTHONPATH": str(ROOT), "AWS_ENDPOINT_URL": moto}
    done = subprocess.run(command, cwd=FOLDER, env=environment, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"id": ""}
    assert queue.take() == body


def test_a_message_arrives_through_vtl_serve(moto: str) -> None:
    queue = Queue(moto, "served")
    with serving(FOLDER, "openapi.yaml", "-s", "queue=served", **NO_FILES, AWS_ENDPOINT_URL=moto) as server:
        status, _, answer = server.ask("POST", "/messages", b'{"text": "hello"}', Content_Type="application/json")
    assert (status, json.loads(answer)) == (202, {"id": ""})
    assert queue.take() == '{"text": "hello"}'


def test_a_queue_that_is_not_there_is_told(moto: str) -> None:
    with serving(FOLDER, "openapi.yaml", "-s", "queue=nowhere", **NO_FILES, AWS_ENDPOINT_URL=moto) as server:
        status, _, answer = server.ask("POST", "/messages", b"{}", Content_Type="application/json")
    assert (status, json.loads(answer)) == (400, {"error": ""})
