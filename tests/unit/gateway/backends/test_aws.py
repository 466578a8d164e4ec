"""Requests to AWS: whole APIs before a moto server on loopback, one for each service; signatures; endpoints."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

import vtl
from vtl.gateway import Gateway
from vtl.gateway.backends.aws import AwsRequests
from vtl.messages import HttpRequest, header

ROLE = "arn:aws:iam::123456789012:role/gateway"
JSON_10 = "'application/x-amz-json-1.0'"
FORM = "'application/x-www-form-urlencoded'"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """An environment in which nothing of AWS is set."""
    import os

    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    """The address of a server that plays all of AWS."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def endpoint(moto: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same, as every request's endpoint."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto)
    return moto


def client(service: str, url: str) -> Any:
    import botocore.session

    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return botocore.session.get_session().create_client(service, "us-east-1", endpoint_url=url, **keys)


def gateway(uri: str, template: str | None, method: str = "POST", path: str = "/", **parameters: str) -> Gateway:
    """An API with one method before a service of AWS; `header__Content_Type` maps a header."""
    mapped = {
        f"integration.request.{place}.{name.replace('_', '-')}": value
        for place, _, name, value in ((*name.partition("__"), value) for name, value in parameters.items())
    }
    integration = {
        "type": "aws",
        "httpMethod": method,
        "uri": f"arn:aws:apigateway:us-east-1:{uri}",
        "credentials": ROLE,
        "requestParameters": mapped,
        "requestTemplates": {"application/json": template} if template is not None else {},
        "responses": {"default": {"statusCode": "200"}, "[45]\\d\\d": {"statusCode": "400"}},
    }
    names = [part[1:-1].rstrip("+") for part in path.split("/") if part.startswith("{")]
    operation = {
        "parameters": [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names],
        "responses": {"200": {}, "400": {}},
        "x-amazon-apigateway-integration": integration,
    }
    document = {"openapi": "3.0.1", "info": {"title": "x"}, "paths": {path: {"post": operation}}}
    (api,) = vtl.load(document).apis
    return vtl.Gateway(api)


def post(door: Gateway, body: object = None, path: str = "/") -> Any:
    headers = [("Content-Type", "application/json"), ("Host", "x.execute-api.us-east-1.amazonaws.com")]
    data = b"" if body is None else json.dumps(body).encode()
    answer = door.handle(HttpRequest("POST", path, headers, body=data))
    assert answer.status == 200, answer
    return answer.body if answer.body[:1] != b"{" else json.loads(answer.body)


@pytest.mark.slow
def test_sqs_by_path_and_form(endpoint: str) -> None:
    sqs = client("sqs", endpoint)
    url = sqs.create_queue(QueueName="orders")["QueueUrl"]
    template = "Action=SendMessage&MessageBody=$util.urlEncode($input.body)"
    found = post(gateway("sqs:path/123456789012/orders", template, header__Content_Type=FORM), {"a": "b & c"})
    assert b"MessageId" in (found if isinstance(found, bytes) else json.dumps(found).encode())
    assert json.loads(sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"]) == {"a": "b & c"}


@pytest.mark.slow
@pytest.mark.parametrize("form", [True, False], ids=["form", "json"])
def test_sqs_by_action(endpoint: str, form: bool) -> None:
    sqs = client("sqs", endpoint)
    url = sqs.create_queue(QueueName=f"actions-{form}")["QueueUrl"]
    if form:
        template = f"QueueUrl=$util.urlEncode('{url}')&MessageBody=hello"
        post(gateway("sqs:action/SendMessage", template, header__Content_Type=FORM))
    else:
        post(gateway("sqs:action/SendMessage", f'{{"QueueUrl": "{url}", "MessageBody": "hello"}}'))
    assert sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"] == "hello"


@pytest.mark.slow
def test_sqs_by_action_and_query_with_types(endpoint: str) -> None:
    sqs = client("sqs", endpoint)
    url = sqs.create_queue(QueueName="typed")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="one")
    mapped = {"querystring__QueueUrl": f"'{url}'", "querystring__MaxNumberOfMessages": "'5'"}
    assert post(gateway("sqs:action/ReceiveMessage", None, **mapped))["Messages"][0]["Body"] == "one"


@pytest.mark.slow
def test_step_functions(endpoint: str) -> None:
    states = client("stepfunctions", endpoint)
    machine = {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}}
    arn = states.create_state_machine(name="m", definition=json.dumps(machine), roleArn=ROLE)["stateMachineArn"]
    template = f"""{{"stateMachineArn": "{arn}", "input": "$util.escapeJavaScript($input.json('$'))"}}"""
    found = post(gateway("states:action/StartExecution", template), {"id": 1})
    assert json.loads(states.describe_execution(executionArn=found["executionArn"])["input"]) == {"id": 1}


@pytest.mark.slow
def test_kinesis(endpoint: str) -> None:
    kinesis = client("kinesis", endpoint)
    kinesis.create_stream(StreamName="s", ShardCount=1)
    template = """{"StreamName": "s", "Data": "$util.base64Encode($input.body)", "PartitionKey": "k"}"""
    found = post(gateway("kinesis:action/PutRecord", template), {"x": 1})
    shard = kinesis.get_shard_iterator(StreamName="s", ShardId=found["ShardId"], ShardIteratorType="TRIM_HORIZON")
    assert json.loads(kinesis.get_records(ShardIterator=shard["ShardIterator"])["Records"][0]["Data"]) == {"x": 1}


@pytest.mark.slow
def test_dynamodb(endpoint: str) -> None:
    dynamodb = client("dynamodb", endpoint)
    keys = {"KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}
    kinds = {"AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]}
    dynamodb.create_table(TableName="pets", BillingMode="PAY_PER_REQUEST", **keys, **kinds)
    post(
        gateway("dynamodb:action/PutItem", """{"TableName": "pets", "Item": {"id": {"S": "$input.path('$.id')"}}}"""), {"id": "7"}
    )
    found = post(gateway("dynamodb:action/GetItem", '{"TableName": "pets", "Key": {"id": {"S": "7"}}}'))
    assert found["Item"] == {"id": {"S": "7"}}


@pytest.mark.slow
def test_sns_by_path_and_by_action(endpoint: str) -> None:
    sns, sqs = client("sns", endpoint), client("sqs", endpoint)
    queue = sqs.create_queue(QueueName="news")["QueueUrl"]
    topic = sns.create_topic(Name="news")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint="arn:aws:sqs:us-east-1:123456789012:news")
    form = f"Action=Publish&TopicArn=$util.urlEncode('{topic}')&Message=$util.urlEncode($input.body)"
    post(gateway("sns:path//", form, header__Content_Type=FORM), {"by": "path"})
    post(gateway("sns:action/Publish", f"""{{"TopicArn": "{topic}", "Message": "by action"}}"""))
    found = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]
    assert sorted(json.loads(each["Body"])["Message"] for each in found) == ["by action", '{"by": "path"}']


@pytest.mark.slow
def test_eventbridge(endpoint: str) -> None:
    events, logs = client("events", endpoint), client("sqs", endpoint)
    queue = logs.create_queue(QueueName="events")["QueueUrl"]
    events.put_rule(Name="all", EventPattern=json.dumps({"source": ["pets"]}))
    events.put_targets(Rule="all", Targets=[{"Id": "q", "Arn": "arn:aws:sqs:us-east-1:123456789012:events"}])
    template = """{"Entries": [{"Source": "pets", "DetailType": "t", "Detail": "$util.escapeJavaScript($input.body)"}]}"""
    assert post(gateway("events:action/PutEvents", template), {"name": "Rex"})["FailedEntryCount"] == 0
    assert json.loads(logs.receive_message(QueueUrl=queue)["Messages"][0]["Body"])["detail"] == {"name": "Rex"}


@pytest.mark.slow
def test_s3_paths(endpoint: str) -> None:
    s3 = client("s3", endpoint)
    s3.create_bucket(Bucket="files")
    mapped = {"path__key": "method.request.path.key"}
    put = gateway("s3:path/files/a b/{key}", None, "PUT", "/{key}", **mapped)
    post(put, {"x": 1}, "/one")
    assert json.loads(s3.get_object(Bucket="files", Key="a b/one")["Body"].read()) == {"x": 1}
    get = gateway("files.s3:path/a b/{key}", None, "GET", "/{key}", **mapped)
    assert post(get, None, "/one") == {"x": 1}


@pytest.mark.slow
def test_an_answer_of_the_service_that_is_an_error(endpoint: str) -> None:
    answer = gateway("dynamodb:action/GetItem", '{"TableName": "absent", "Key": {"id": {"S": "7"}}}').handle(
        HttpRequest("POST", "/", [("Content-Type", "application/json")], body=b"{}")
    )
    assert answer.status == 400
    assert b"ResourceNotFoundException" in answer.body


def request_to(host: str, path: str = "/", **given: Any) -> HttpRequest:
    return HttpRequest("POST", headers=[("Host", host), ("Accept", "application/json")], url=f"https://{host}{path}", **given)


def test_signed_for_the_service_and_its_region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKID")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token")
    made = AwsRequests().prepared(request_to("states.eu-west-1.amazonaws.com", "/?Action=StartExecution", body=b"{}"))
    signature = header(made.headers, "Authorization") or ""
    assert signature.startswith("AWS4-HMAC-SHA256 Credential=AKID/")
    assert "/eu-west-1/states/aws4_request" in signature
    assert header(made.headers, "X-Amz-Security-Token") == "token"
    assert header(made.headers, "X-Amz-Target") == "AWSStepFunctions.StartExecution"
    assert made.url == "https://states.eu-west-1.amazonaws.com/"


def _no_metadata(*_arguments: Any, **_named: Any) -> None:
    """Making the fetcher is no call; calling it would fail, since it has no session."""


def test_without_credentials_only_an_emulator_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(vtl.BackendError, match="no credentials"):
        AwsRequests().prepared(request_to("sqs.us-east-1.amazonaws.com"))
    monkeypatch.delenv("AWS_EC2_METADATA_DISABLED")
    monkeypatch.setattr("botocore.utils.IMDSFetcher.__init__", _no_metadata)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:4566")
    made = AwsRequests().prepared(request_to("sqs.us-east-1.amazonaws.com"))
    assert "Credential=test/" in (header(made.headers, "Authorization") or "")


@pytest.mark.parametrize(
    ("variable", "host", "expected"),
    [
        ("AWS_ENDPOINT_URL", "sqs.us-east-1.amazonaws.com", "http://here:1/x/q"),
        ("AWS_ENDPOINT_URL_SQS", "sqs.us-east-1.amazonaws.com", "http://here:1/x/q"),
        ("AWS_ENDPOINT_URL_SFN", "states.us-east-1.amazonaws.com", "http://here:1/x/q"),
        ("AWS_ENDPOINT_URL_EVENTBRIDGE", "events.us-east-1.amazonaws.com", "http://here:1/x/q"),
        ("AWS_ENDPOINT_URL_S3", "files.s3.us-east-1.amazonaws.com", "http://here:1/x/files/q"),
        ("AWS_ENDPOINT_URL_S3", "sqs.us-east-1.amazonaws.com", "https://sqs.us-east-1.amazonaws.com/q"),
    ],
)
def test_endpoints_by_the_usual_variables(monkeypatch: pytest.MonkeyPatch, variable: str, host: str, expected: str) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKID")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv(variable, "http://here:1/x")
    assert AwsRequests().prepared(request_to(host, "/q")).url == expected


def test_endpoints_can_be_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://here:1")
    monkeypatch.setenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(vtl.BackendError, match="no credentials"):
        AwsRequests().prepared(request_to("sqs.us-east-1.amazonaws.com"))


def test_headers_that_travel_unsigned_and_those_that_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://here:1")
    headers = [("User-Agent", "gateway"), ("X-Amzn-Trace-Id", "Root=1"), ("X-A", "1"), ("X-A", "2"), ("Authorization", "mine")]
    made = AwsRequests().prepared(HttpRequest("GET", headers=headers, url="https://sqs.us-east-1.amazonaws.com/"))
    assert header(made.headers, "User-Agent") == "gateway"
    assert header(made.headers, "X-A") == "1,2"
    signed = (header(made.headers, "Authorization") or "").partition("SignedHeaders=")[2].partition(",")[0]
    assert signed == "host;x-a;x-amz-date"
    assert urlsplit(made.url).netloc == "here:1"


def test_a_service_that_is_none() -> None:
    with pytest.raises(vtl.BackendError, match="no service of AWS called 'nothing'"):
        AwsRequests().prepared(request_to("nothing.us-east-1.amazonaws.com"))
