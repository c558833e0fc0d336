"""Rate limits for one client: token buckets on the server's clock."""

from collections.abc import Iterator

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
        """Tell whether the bucket is full again, so that it may be deleted."""
        self._refill()
        return self._tokens >= self._burst

    def _refill(self) -> None:
        now_ms = self._clock.now_ms()
        self._tokens += (now_ms - self._at_ms) * self._per_ms
        self._tokens, self._at_ms = min(self._tokens, self._burst), now_ms


class TokenBuckets:
    """One bucket per client; full buckets are deleted."""

    most_kept = 1000

    def __init__(self, clock: Clock, per_second: float, burst: int) -> None:
        self._clock, self._per_second, self._burst = clock, per_second, burst
        self._buckets: dict[str, TokenBucket] = {}

    def of(self, key: str) -> TokenBucket:
        """Find a client's bucket."""
        if key not in self._buckets:
            if len(self._buckets) >= self.most_kept:
                self._buckets = {k: b for k, b in self._buckets.items() if not b.is_full}
            self._buckets[key] = TokenBucket(self._clock, self._per_second, self._burst)
        return self._buckets[key]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the clients that have a bucket."""
        return iter(self._buckets)

    def clear(self) -> None:
        """Delete all buckets."""
        self._buckets.clear()
