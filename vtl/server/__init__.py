"""The local server: gateways as an ASGI application."""
