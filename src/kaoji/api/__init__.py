"""The HTTP API, for other systems: a key instead of a sitting, JSON both ways, described in OpenAPI."""
