"""What can go wrong inside the rules, as one tree.

RulesError
├── InvalidInput          a file, a payoff list or a name that cannot be used
│   ├── ScenarioError     names the file, the key, the value and what is allowed
│   └── RecordError       names the line of the record
└── RuleViolation         a legal request at the wrong time or by the wrong hand
"""


class RulesError(Exception):
    """Anything that the rules refuse; the message is one line for people."""


class InvalidInput(RulesError):
    """A value from outside that cannot be used: value, limit, remedy."""


class ScenarioError(InvalidInput):
    """A scenario that cannot be played."""

    def __init__(self, source: str, key: str, problem: str) -> None:
        super().__init__(f"{source}: {key}: {problem}")
        self.source, self.key, self.problem = source, key, problem


class RecordError(InvalidInput):
    """A match record that is not valid; line counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line, self.problem = line, problem


class NewerRecord(RecordError):
    """A match record of a form or of rules that a later version of the program wrote."""


class RuleViolation(RulesError):
    """A well-formed command that this position does not allow."""

    code = "rule_violation"


class NotYours(RuleViolation):
    """The command belongs to another role or seat."""

    code = "not_yours"


class NotNow(RuleViolation):
    """The phase does not allow this command."""

    code = "not_now"


class ClassWaits(RuleViolation):
    """The next round would be one ahead of the other tables of a class that stays together."""

    code = "class_waits"


class MatchPaused(RuleViolation):
    """The match is paused."""

    code = "match_paused"


class TooLate(RuleViolation):
    """The deadline has passed."""

    code = "too_late"


class WrongRound(RuleViolation):
    """The command names a round that is not the one being played."""

    code = "wrong_round"


class SeatUnavailable(RuleViolation):
    """The seat does not exist, is held, or is not held."""

    code = "seat_unavailable"


class SeatFixed(RuleViolation):
    """Seats were dealt; only the facilitator moves people between them."""

    code = "seat_fixed"


class ArenaNotYours(RuleViolation):
    """An order names an arena that the seat is no member of."""

    code = "arena_not_yours"


class TalkNotAllowed(RuleViolation):
    """The press level or the room does not allow this message."""

    code = "talk_not_allowed"


class PactNotAllowed(RuleViolation):
    """The terms cannot be agreed, or the proposal is not there to be answered."""

    code = "pact_not_allowed"


class NoPen(RuleViolation):
    """Several people share the seat, and another one holds its pen."""

    code = "no_pen"


class OnAutopilot(RuleViolation):
    """A program plays the seat until it is taken back, or nothing is there to take back."""

    code = "on_autopilot"


class NoSuchPerson(RuleViolation):
    """The person is not at this match, or was removed from it."""

    code = "no_such_person"


class InjectNotAllowed(RuleViolation):
    """The inject, or an effect of it, does not fit the arenas in force."""

    code = "inject_not_allowed"


class Superseded(RuleViolation):
    """The match continues in a branch."""

    code = "superseded"


class MoveNotAllowed(RuleViolation):
    """The scenario, the arena or what is in force already does not allow this move."""

    code = "move_not_allowed"


class UnknownStrategy(RuleViolation):
    """No built-in bot has this name."""

    code = "unknown_strategy"
