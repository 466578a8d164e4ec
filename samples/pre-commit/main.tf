resource "aws_api_gateway_integration" "create_pet" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "pets"
  http_method             = "POST"
  type                    = "AWS"
  integration_http_method = "POST"
  uri                     = "arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem"
  passthrough_behavior    = "NEVER"
  request_templates = {
    "application/json" = file("${path.module}/templates/create-pet.vtl")
    "text/plain"       = <<-EOT
      {"TableName": "pets", "Item": {"name": {"S": "$input.body"}}}
    EOT
  }
}
