"""HTTP, for what is not live: one router a noun. `/openapi.json` is the reference."""
