"""How much one client may ask for: a token bucket on the server's clock."""

from server.clock import Clock


class TokenBucket:
    """Lets `burst` requests through at once and `per_second` on average."""

    def __init__(self, clock: Clock, per_second: float, burst: int) -> None:
        self._clock, self._per_ms, self._burst = clock, per_second / 1000, burst
        self._tokens, self._at_ms = float(burst), clock.now_ms()

    def take(self) -> bool:
        """Take a token; False if there is none."""
        self._refill()
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    @property
    def has_token(self) -> bool:
        """Tell whether `take` would succeed."""
        self._refill()
        return self._tokens >= 1

    @property
    def is_full(self) -> bool:
        """Tell whether nothing was taken for so long that the bucket may be forgotten."""
        self._refill()
        return self._tokens >= self._burst

    def _refill(self) -> None:
        now_ms = self._clock.now_ms()
        self._tokens += (now_ms - self._at_ms) * self._per_ms
        self._tokens, self._at_ms = min(self._tokens, self._burst), now_ms
