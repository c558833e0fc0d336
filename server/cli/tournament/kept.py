"""`detente tournament list`, `show`, `match` and `ladder`: shows stored tournaments."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from server.cli.shared.errors import WrongInput
from server.cli.shared.output_file import OVERWRITE, output_file
from server.cli.shared.values import print_json
from server.cli.tournament.options import (
    DATABASE,
    FILES,
    JSON,
    files_of,
    find,
    open_tables,
    spec_of_card,
    with_options,
)

if TYPE_CHECKING:
    from game_rules.contests.ratings import Rating
    from server.tournaments.specs.spec import TournamentSpec
    from server.tournaments.store import FileTables


@click.command("list")
@with_options(DATABASE, JSON)
def list_kept(database: str | None, is_json: bool) -> None:
    """List the stored tournaments, newest first.

    \b
    Examples:
      detente tournament list
      detente tournament list --json
    """
    from server.clock import SystemClock
    from server.tournaments import store

    cards = open_tables(database).view(store.cards(SystemClock().now_ms()))
    if is_json:
        print_json([asdict(card) for card in cards])
        return
    from server.cli.shared.screen import open_screen
    from server.cli.tournament.screen import show_list

    show_list(open_screen(), cards)


@click.command("show")
@click.argument("tournament", metavar="ID")
@with_options(FILES, DATABASE, JSON)
def show(tournament: str, **given: Any) -> None:
    """Show the tournament ID; the first letters of the id are enough.

    \b
    Examples:
      detente tournament show 3f2a
      detente tournament show 3f2a --csv standings.csv --plot heat.png
      detente tournament show 3f2a --plot shares.svg --chart evolution
    """
    from server.tournaments import store

    files = files_of(given)
    tables = open_tables(given["database"])
    card = find(tables, tournament)
    document = tables.view(store.document(card.id))
    if document is None:
        done = f"{card.pieces_played} of {card.pieces} pieces are played"
        why = f" ({card.problem})" if card.problem else ""
        remedy = f"detente tournament run --resume {card.id}"
        raise WrongInput(f"{card.id} is {card.progress}{why}: {done}; continue with: {remedy}")
    files.write(document)
    if given["is_json"]:
        print_json(document)
        return
    from server.cli.shared.screen import open_screen
    from server.cli.tournament.screen import show_tournament

    show_tournament(open_screen(), document)


@click.command("match")
@click.argument("tournament", metavar="ID")
@click.argument("a", metavar="A|NUMBER")
@click.argument("b", metavar="[B]", required=False)
@click.argument("repetition", metavar="[REPETITION]", default="0")
@output_file("--record", "record_path", about="League only: write the record of the match.")
@OVERWRITE
@with_options(DATABASE, JSON)
def match(
    tournament: str,
    a: str,
    b: str | None,
    repetition: str,
    record_path: str | None,
    database: str | None,
    is_json: bool,
) -> None:
    """Show the match of A against B in the tournament ID, turn by turn.

    A and B are names, or numbers of entrants, counted from 0. Repetitions count from 0 too. In a
    league, give the NUMBER of the match, from 0. --record writes it for `detente replay`.

    \b
    Examples:
      detente tournament match 3f2a tit_for_tat grudger
      detente tournament match 3f2a tit_for_tat grudger 7 --json
      detente tournament match 77b1 12 --record match.jsonl
    """
    from server.tournaments.specs.settings import TournamentKind

    tables = open_tables(database)
    spec = spec_of_card(tables, find(tables, tournament), is_to_play=False)
    if spec.kind is TournamentKind.LEAGUE:
        _show_league_match(spec, a, b, record_path, is_json=is_json)
        return
    if b is None or record_path is not None:
        raise WrongInput("a match is between two: name A and B (a record is for leagues)")
    _show_match(tables, spec, (a, b), _whole(repetition, "repetition"), is_json=is_json)


@click.command("ladder")
@click.option("--game", metavar="NAME", help="Only tournaments of this game or scenario.")
@with_options(DATABASE, JSON)
def ladder(game: str | None, database: str | None, is_json: bool) -> None:
    """Rate strategies by all stored tournaments, on an openskill ladder.

    Each tournament counts as one match of all its entrants, in the order in which they finished.
    New strategies start with a rating of 25 and an uncertainty of 8.3, which falls with each
    tournament.

    \b
    Examples:
      detente tournament ladder
      detente tournament ladder --game chicken --json
    """
    from server.tournaments import store
    from server.tournaments.ladder import ladder as rated

    rungs = rated(open_tables(database).view(store.finished_documents(game)))
    if is_json:
        print_json([_rung(*rung) for rung in rungs])
        return
    from server.cli.shared.screen import open_screen
    from server.cli.tournament.screen import show_ladder

    show_ladder(open_screen(), rungs)


def _show_match(
    tables: "FileTables",
    spec: "TournamentSpec",
    names: tuple[str, str],
    repetition: int,
    *,
    is_json: bool,
) -> None:
    from server.tournaments import store
    from server.tournaments.specs.matches import find_match

    def kept(match: int) -> tuple[int, bytes] | None:
        return tables.view(store.piece_with(spec.id, match))

    a, b = map(spec.place, names)
    shown = find_match(spec, a, b, repetition, kept=kept)
    names = spec.entrants[shown.places[0]], spec.entrants[shown.places[1]]
    if is_json:
        document = {
            "tournament": spec.id,
            "a": names[0],
            "b": names[1],
            "repetition": shown.repetition,
            "actions_a": shown.actions[0],
            "actions_b": shown.actions[1],
            "score_a": shown.scores[0],
            "score_b": shown.scores[1],
            "faults": list(shown.faults),
        }
        print_json(document)
        return
    from server.cli.shared.screen import open_screen
    from server.cli.tournament.screen import show_actions

    show_actions(open_screen(), names, shown)


def _show_league_match(
    spec: "TournamentSpec", number: str, b: str | None, record_path: str | None, *, is_json: bool
) -> None:
    from game_rules.contests.league import league_log
    from server.cli.shared.ending import tell_match

    if b is not None:
        raise WrongInput("a league's match has many sides; give its number alone, from 0")
    log = league_log(spec.league, _whole(number, "match"))
    tell_match(log, record_path, is_json=is_json)


def _whole(text: str, what: str) -> int:
    if not text.isdecimal():
        raise WrongInput(f"{what} {text!r} is no number; give a whole number from 0")
    return int(text)


def _rung(strategy: str, rating: "Rating", tournaments: int) -> dict[str, object]:
    return {
        "strategy": strategy,
        "level": rating.level,
        "doubt": rating.doubt,
        "sure_level": rating.sure_level,
        "tournaments": tournaments,
    }
