"""What a command says of a whole match: a record in a file, then JSON or a screen."""

from collections.abc import Sequence

from game_rules.log.events import Event
from game_rules.log.evolve import fold
from game_rules.records.record import write_record
from server.cli.shared.report import match_report
from server.cli.shared.values import print_json, write_text
from server.version import SOFTWARE_VERSION


def tell_match(log: Sequence[Event], record_path: str | None, *, is_json: bool) -> None:
    """Write a whole match's record where a file is named, then print the match or show it."""
    if record_path is not None:
        write_text(record_path, write_record(log, SOFTWARE_VERSION))
    if is_json:
        print_json(match_report(fold(log), SOFTWARE_VERSION))
        return
    from server.cli.shared.match_screen import show_match
    from server.cli.shared.screen import open_screen

    show_match(open_screen(), log)
