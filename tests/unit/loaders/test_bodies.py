"""What a resource sets around the document that it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from vtl.loaders.loading import load
from vtl.model import RestApi

CLOUDFORMATION = """
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      BinaryMediaTypes: [image/png]
      MinimumCompressionSize: 10
      ApiKeySourceType: AUTHORIZER
      Body: {openapi: 3.0.1, info: {title: t, version: '1'}, paths: {}EXTRA}
"""
SAM = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: s
      BinaryMediaTypes: [image~1png]
      MinimumCompressionSize: 10
      DefinitionBody: {openapi: 3.0.1, info: {title: t, version: '1'}, paths: {}EXTRA}
"""
TERRAFORM = """
resource "aws_api_gateway_rest_api" "a" {
  name                     = "a"
  binary_media_types       = ["image/png"]
  minimum_compression_size = 10
  api_key_source           = "AUTHORIZER"
  body = jsonencode({openapi = "3.0.1", info = {title = "t", version = "1"}, paths = {}EXTRA})
}
"""
OWN = {
    "x-amazon-apigateway-binary-media-types": '["a/b"]',
    "x-amazon-apigateway-minimum-compression-size": "0",
}


def _api(folder: Path, text: str, own: dict[str, str], colon: str) -> RestApi:
    file = folder / ("main.tf" if "resource" in text else "template.yaml")
    file.write_text(text.replace("EXTRA", "".join(f', "{name}"{colon} {value}' for name, value in own.items())))
    (api,) = load(file).apis
    assert isinstance(api, RestApi)
    return api


@pytest.mark.parametrize(("text", "colon"), [(CLOUDFORMATION, ":"), (SAM, ":"), (TERRAFORM, " =")])
def test_the_resource_sets_what_the_document_does_not(tmp_path: Path, text: str, colon: str) -> None:
    api = _api(tmp_path, text, {}, colon)
    assert (api.binary_media_types, api.minimum_compression_size) == (("image/png",), 10)
    assert api.api_key_source == ("HEADER" if text is SAM else "AUTHORIZER")
    api = _api(tmp_path, text, OWN, colon)
    assert (api.binary_media_types, api.minimum_compression_size) == (("a/b",), 0)
