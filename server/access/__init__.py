"""Who may do what: tokens and grants, rate limits, allowed origins."""
