"""Rate limits for one client: token buckets on the server's clock."""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Protocol


class Ticks(Protocol):
    """What a bucket reads the time from."""

    def now_ms(self) -> int:
        """Return the time in ms; it never decreases."""
        ...


@dataclass(frozen=True, slots=True)
class LoopTime:
    """Time that passes for whoever waits, whatever the server's clock says."""

    now_s: Callable[[], float] = time.monotonic

    def now_ms(self) -> int:
        """Return the time in ms; it never decreases."""
        return int(1000 * self.now_s())


LONGEST_DEBT_S = 10
"""What may be owed, in seconds of a bucket's pace: however many wait at once, each has its turn."""


class TokenBucket:
    """Lets `burst` requests through at once and `per_second` on average.

    Where several servers count the same client, each lets through its part: a request takes as many
    tokens as there are servers.
    """

    def __init__(self, clock: Ticks, per_second: float, burst: int) -> None:
        self._clock, self._per_ms, self._burst = clock, per_second / 1000, burst
        self._most_owed = max(float(burst), per_second * LONGEST_DEBT_S)
        self._tokens, self._at_ms = float(burst), clock.now_ms()

    def take(self, servers: int = 1) -> bool:
        """Take a token; False if there is none."""
        self._refill()
        cost = self._cost(servers)
        if self._tokens < cost:
            return False
        self._tokens -= cost
        return True

    def owe(self, servers: int = 1) -> float:
        """Take a token that may not be there yet; return in how many seconds it is."""
        self._refill()
        self._tokens = max(self._tokens - self._cost(servers), -self._most_owed)
        return max(0.0, -self._tokens / self._per_ms / 1000)

    def has_token(self, servers: int = 1) -> bool:
        """Tell whether `take` would succeed."""
        self._refill()
        return self._tokens >= self._cost(servers)

    @property
    def is_full(self) -> bool:
        """Tell whether the bucket is full again, so that it may be deleted."""
        self._refill()
        return self._tokens >= self._burst

    def _cost(self, servers: int) -> int:
        """Return how many tokens a request takes: never more than there can be."""
        return 1 if servers == 1 else min(servers, max(1, int(self._burst)))

    def _refill(self) -> None:
        now_ms = self._clock.now_ms()
        if now_ms != self._at_ms:
            self._tokens += (now_ms - self._at_ms) * self._per_ms
            self._tokens, self._at_ms = min(self._tokens, self._burst), now_ms


class TokenBuckets:
    """One bucket per client; full buckets are deleted, and the oldest if there are too many."""

    most_kept = 1000

    def __init__(self, clock: Ticks, per_second: float, burst: int) -> None:
        self._clock, self._per_second, self._burst = clock, per_second, burst
        self._buckets: dict[str, TokenBucket] = {}

    def of(self, key: str) -> TokenBucket:
        """Find a client's bucket."""
        if key not in self._buckets:
            if len(self._buckets) >= self.most_kept:
                self._forget()
            self._buckets[key] = TokenBucket(self._clock, self._per_second, self._burst)
        return self._buckets[key]

    def _forget(self) -> None:
        """Delete full buckets; if few are, the older half, so that a new client costs little."""
        kept = [(k, b) for k, b in self._buckets.items() if not b.is_full]
        self._buckets = dict(kept[-self.most_kept // 2 :])

    def __iter__(self) -> Iterator[str]:
        """Iterate over the clients that have a bucket."""
        return iter(self._buckets)

    def clear(self) -> None:
        """Delete all buckets."""
        self._buckets.clear()


class Patience:
    """Answers what comes too often later, instead of refusing it.

    longest_s: the longest wait for one answer. most_waiting: answers of one client that wait; one
    more is told to come back. pause: waits so many seconds, or until `close`. servers: how
    many count the same clients.
    """

    def __init__(
        self,
        buckets: TokenBuckets,
        longest_s: float,
        most_waiting: int = 50,
        servers: Callable[[], int] = lambda: 1,
    ) -> None:
        self.buckets, self._servers = buckets, servers
        self.pause: Callable[[float], Awaitable[None]] = self._until_closed
        self._longest_s, self._most_waiting = longest_s, most_waiting
        self._waiting: Counter[str] = Counter()
        self._closed = asyncio.Event()

    async def wait(self, client: str) -> bool:
        """Count one answer and wait until it is due; False if too many wait already."""
        late_s = min(self.buckets.of(client).owe(self._servers()), self._longest_s)
        if not late_s:
            return True
        if self._waiting[client] >= self._most_waiting:
            return False
        self._waiting[client] += 1
        try:
            await self.pause(late_s)
        finally:
            self._waiting[client] -= 1
            if not self._waiting[client]:
                del self._waiting[client]
        return not self._closed.is_set()

    def close(self) -> None:
        """Let nobody wait any longer; the server stops."""
        self._closed.set()

    async def _until_closed(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closed.wait()


class Hurry:
    """Lets frames through at once that people send, and shares the rest among programs.

    Nobody sends more than a few frames a second by hand. What one sender sends beyond that (`calm`)
    draws on one bucket for all of the server (`hurried`), and waits for its turn there. So many
    senders who hurry, on one phone or on many, do not hold up those who do not.
    """

    def __init__(
        self,
        calm: TokenBuckets,
        hurried: TokenBucket,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._calm, self._hurried, self._pause = calm, hurried, pause

    def may_pass(self, sender: str) -> bool:
        """Count a frame that does not have to wait; False, and nothing counted, if it has to."""
        return self._calm.of(sender).take() or self._hurried.take()

    async def wait(self, sender: str) -> None:
        """Count a frame, and wait until it is its turn."""
        if not self._calm.of(sender).take() and (late_s := self._hurried.owe()):
            await self._pause(late_s)
