"""A connection to another server, with a shortcut for what is passed on.

If nothing waits, a message is written in the turn of the event loop in which it arrived, as
`live_protocol` does. Queues and a task per side cost most of the time of a small frame.
"""

from collections.abc import Callable

from websockets.asyncio.client import ClientConnection
from websockets.frames import Frame, Opcode
from websockets.protocol import Event, State


class Beyond(ClientConnection):
    """A connection whose messages are taken as they arrive.

    take: returns False for a message that has to be read. unread: how many wait for that.
    """

    take: Callable[[bytes], bool] | None = None
    unread = 0

    def process_event(self, event: Event) -> None:
        """Take a message at once, unless earlier ones have to be read."""
        if isinstance(event, Frame) and event.opcode in (Opcode.TEXT, Opcode.BINARY):
            take = self.take if event.fin and not self.unread else None
            if take is not None and take(bytes(event.data)):
                return
            self.unread += 1
        super().process_event(event)

    def send_now(self, message: bytes) -> bool:
        """Send a text message if it can be written at once; tell whether it was."""
        if self.protocol.state is not State.OPEN or self.transport.get_write_buffer_size():
            return False
        self.protocol.send_text(message)
        self.send_data()
        return True
