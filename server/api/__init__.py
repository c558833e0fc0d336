"""HTTP API, one router per resource. `/openapi.json` is the reference."""
