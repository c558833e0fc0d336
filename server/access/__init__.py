"""Access control: tokens and grants, rate limits, allowed origins."""
