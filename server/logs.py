"""Logging: one event per line on standard error, as text at a terminal, as JSON elsewhere.

Log entries must not contain a token, a secret, an order or a query string; they hold event names
and ids.
"""

import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_loaded: dict[str, Any] = sys.modules
_loaded.setdefault("rich", None)
import structlog  # noqa: E402  it would load rich, for tracebacks that no log here has

if _loaded["rich"] is None:
    del _loaded["rich"]

AGAIN_AFTER_S = 60
"""How long a thing that happens over and over is not told again."""

log = structlog.get_logger()


@dataclass(slots=True)
class Seldom:
    """Tells of what strangers can cause, at most once a minute, with how often it happened."""

    event: str
    clock: Callable[[], float] = time.monotonic
    _times: int = 0
    _told_at_s: float | None = None

    def note(self) -> None:
        """Count it; log it unless that was done within the last minute."""
        self._times += 1
        now_s = self.clock()
        if self._told_at_s is None or now_s - self._told_at_s >= AGAIN_AFTER_S:
            log.warning(self.event, times=self._times)
            self._times, self._told_at_s = 0, now_s


class SeldomFilter(logging.Filter):
    """Lets each kind of a library's warning through once a minute, with how often it came."""

    most_kinds = 200

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._known: dict[str, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Let a record through, or count it. One with a traceback always passes."""
        if record.exc_info or record.levelno > logging.WARNING:
            return True
        kind, now_s = f"{record.name} {record.msg}", self._clock()
        told_at_s, untold = self._known.get(kind, (-AGAIN_AFTER_S, 0))
        if now_s - told_at_s < AGAIN_AFTER_S:
            self._known[kind] = told_at_s, untold + 1
            return False
        if len(self._known) >= self.most_kinds:
            self._known.clear()
        self._known[kind] = now_s, 0
        if untold:
            record.msg = f"{record.msg} (and {untold} more like it)"
        return True


def configure_logs() -> None:
    """Log the server's own events, and the warnings of libraries, to standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    is_terminal = sys.stderr.isatty()
    # The renderer's own tracebacks show local values, orders and tokens among them.
    at_terminal = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    as_text = at_terminal if is_terminal else structlog.processors.JSONRenderer()
    endings: list[structlog.typing.Processor] = [as_text]
    if not is_terminal:
        endings.insert(0, structlog.processors.format_exc_info)
    structlog.configure(
        processors=[*shared, *endings],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *endings],
            foreign_pre_chain=shared,
        )
    )
    handler.addFilter(SeldomFilter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
