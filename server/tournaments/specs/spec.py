"""The spec of a tournament: a description from which it can be replayed anywhere."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from game_rules import RULES_VERSION
from game_rules.contests.contest import Contest
from game_rules.contests.league import League
from game_rules.errors import InvalidInput
from game_rules.games.stage_games import Bimatrix
from game_rules.records.codec import from_json, to_json
from game_rules.rulesets.chosen import ruleset
from game_rules.scenario.scenario import Scenario
from game_rules.strategies import Strategy, strategy
from server.tournaments.guests.limits import GuestLimits
from server.tournaments.specs.own_bots import OwnBot, find_again, guests_of
from server.tournaments.specs.settings import TournamentKind
from server.tournaments.specs.stages import Stage

ID_LETTERS = 16


@dataclass(frozen=True)
class TournamentSpec:
    """Everything that a tournament's result depends on.

    game: the name of the stage in the request. entrants: names of strategies, in order, with
    repeats. own: the entrants that are their authors' own, and guest_limits what they may use.
    has_self_play, is_exact, turns, continuation, noise: see `Contest`. repetitions: of a league,
    its seasons. options: settings that only this kind has. rules_version: of the rules that it is
    played by, which for contests of two are the same in both versions.
    """

    kind: TournamentKind
    game: str
    stage: Stage
    entrants: tuple[str, ...]
    seed: str
    repetitions: int = 1
    turns: int | None = None
    continuation: float = 1.0
    noise: float = 0.0
    has_self_play: bool = True
    is_exact: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    own: tuple[OwnBot, ...] = ()
    guest_limits: GuestLimits = field(default_factory=GuestLimits)
    rules_version: int = RULES_VERSION

    @cached_property
    def contest(self) -> Contest:
        """The contest of two. Raises InvalidInput for contradictory settings."""
        assert isinstance(self.stage, Bimatrix), "a league has no contest of two"
        return Contest(
            game=self.stage,
            entrants=self.strategies,
            turns=self.turns,
            continuation=self.continuation,
            noise=self.noise,
            repetitions=self.repetitions,
            seed=self.seed,
            has_self_play=self.has_self_play,
        )

    @cached_property
    def league(self) -> League:
        """The league of scenario matches."""
        assert isinstance(self.stage, Scenario), "only a league plays scenarios"
        return League(self.stage, self.entrants, self.repetitions, self.seed, self.rules_version)

    @cached_property
    def strategies(self) -> tuple[Strategy, ...]:
        """The strategies of the entrants."""
        own = guests_of(self.own, self.guest_limits)
        return tuple(own.get(name) or strategy(name) for name in self.entrants)

    @property
    def is_cut_by_time(self) -> bool:
        """Tell whether a piece may be handed back early, because guests play in it."""
        return bool(self.own)

    @property
    def keeps_pieces(self) -> bool:
        """Tell whether pieces stay when all is over: they hold what guests did, and who met."""
        return self.is_cut_by_time or self.kind is TournamentKind.KNOCKOUT

    @cached_property
    def description(self) -> dict[str, Any]:
        """The description from which `spec_of` rebuilds this spec."""
        is_unusual = self.own and self.guest_limits != GuestLimits()
        limits = {"guest_limits": asdict(self.guest_limits)} if is_unusual else {}
        return {
            "rules_version": self.rules_version,
            "kind": self.kind.value,
            "game": self.game,
            "stage": to_json(self.stage),
            "entrants": list(self.entrants),
            "own": [bot.description() for bot in self.own],
            "seed": self.seed,
            "repetitions": self.repetitions,
            "turns": self.turns,
            "continuation": self.continuation,
            "noise": self.noise,
            "has_self_play": self.has_self_play,
            "is_exact": self.is_exact,
            "options": dict(self.options),
            **limits,
        }

    @cached_property
    def id(self) -> str:
        """A hash that is the same for the same tournament, wherever it is played."""
        bots = [{"name": bot.name, "sha256": bot.sha256} for bot in self.own]
        text = json.dumps({**self.description, "own": bots}, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:ID_LETTERS]

    def place(self, entrant: str) -> int:
        """Find the place of an entrant by its name or number, from 0. Raises InvalidInput."""
        if entrant.isdecimal() and int(entrant) < len(self.entrants):
            return int(entrant)
        wanted = entrant if entrant in self.entrants else _name(entrant)
        if wanted not in self.entrants:
            known = ", ".join(dict.fromkeys(self.entrants))
            raise InvalidInput(f"{entrant!r} did not take part; those who did: {known}")
        return self.entrants.index(wanted)


def spec_of(
    description: Mapping[str, Any], own: tuple[OwnBot, ...] | None = None
) -> TournamentSpec:
    """Read a description back.

    own: the bots from files, if they are loaded; None looks for their files. Raises InvalidInput
    for a description of rules that this program does not have.
    """
    version = ruleset(description["rules_version"]).version
    kind = TournamentKind(description["kind"])
    stage_kind = Scenario if kind is TournamentKind.LEAGUE else Bimatrix
    options = {key: _frozen(value) for key, value in description["options"].items()}
    if own is None:
        own = tuple(find_again(bot) for bot in description["own"])
    plain = ("game", "seed", "repetitions", "turns", "continuation", "noise")
    return TournamentSpec(
        kind=kind,
        stage=from_json(stage_kind, description["stage"]),
        entrants=tuple(description["entrants"]),
        has_self_play=description["has_self_play"],
        is_exact=description["is_exact"],
        options=options,
        own=own,
        guest_limits=GuestLimits(**description.get("guest_limits", {})),
        rules_version=version,
        **{key: description[key] for key in plain},
    )


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _name(entrant: str) -> str:
    try:
        return strategy(entrant).name
    except Exception as error:
        raise InvalidInput(str(error)) from error
