"""Logging: one event per line on standard error, as text at a terminal, as JSON elsewhere.

Log entries must not contain a token, a secret, an order or a query string; they hold event names
and ids.
"""

import logging
import sys

import structlog


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
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
