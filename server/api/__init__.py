"""HTTP, for what is not live: one router a noun. `/docs` is the reference."""
