"""What the golden files need of the project: the one place that knows where it lies."""

from game_rules import RULES_VERSION as RULES_VERSION
from game_rules.advice.move_offers import moves_open_to as moves_open_to
from game_rules.bots.bot_match import play_bot_match as play_bot_match
from game_rules.errors import RuleViolation as RuleViolation
from game_rules.games.stage_games import Action as Action
from game_rules.log import events as events
from game_rules.log.evolve import fold as fold
from game_rules.log.people import Names as Names
from game_rules.log.people import known_in as known_in
from game_rules.log.people import named as named
from game_rules.log.position import Position as Position
from game_rules.log.sentences import FORMS as FORMS
from game_rules.log.sentences import Arguments as Arguments
from game_rules.log.sentences import Sentence as Sentence
from game_rules.match import commands as commands
from game_rules.match.carry_over import carry_over as carry_over
from game_rules.match.decide import create_match as create_match
from game_rules.match.decide import decide as decide
from game_rules.match.seating import introduced as introduced
from game_rules.match.visibility import redact as redact
from game_rules.records.codec import dumps as dumps
from game_rules.records.codec import from_json as from_json
from game_rules.records.codec import to_json as to_json
from game_rules.records.record import read_record as read_record
from game_rules.records.record import verify as verify
from game_rules.records.record import write_record as write_record
from game_rules.roles import FACILITATOR as FACILITATOR
from game_rules.roles import PUBLIC as PUBLIC
from game_rules.roles import THE_CLOCK as THE_CLOCK
from game_rules.roles import THE_FACILITATOR as THE_FACILITATOR
from game_rules.roles import Actor as Actor
from game_rules.roles import PersonId as PersonId
from game_rules.roles import Role as Role
from game_rules.roles import Seat as Seat
from game_rules.roles import Viewer as Viewer
from game_rules.roles import seated as seated
from game_rules.rulesets.chosen import RULESETS as RULESETS
from game_rules.rulesets.chosen import ruleset_of as ruleset_of
from game_rules.scenario.moves import Move as Move
from game_rules.scenario.moves import MoveKind as MoveKind
from game_rules.scenario.pacts import Binding as Binding
from game_rules.scenario.pacts import PactTerms as PactTerms
from game_rules.scenario.pacts import Pledge as Pledge
from game_rules.scenario.pacts import Transfer as Transfer
from game_rules.scenario.pairings import Pairing as Pairing
from game_rules.scenario.populations import population as population
from game_rules.scenario.scenario import PowerMeasure as PowerMeasure
from game_rules.scenario.scenario import Press as Press
from game_rules.scenario.scenario import Scenario as Scenario
from game_rules.scenario_files.scenarios import load_scenario as load_scenario
from game_rules.scenario_files.scenarios import scenario_names as scenario_names
from game_rules.scenario_files.treatments import Treatment as Treatment
from game_rules.scenario_files.treatments import with_treatment as with_treatment
from server.app import create_app as create_app
from server.cli import main as main
from server.database import migrate as migrate
from server.database import store_for as store_for
from server.engines import threads as threads
from server.hosting.match_host import Sender as Sender
from server.services import Services
from server.settings import Settings as Settings
from server.store.event_store import MatchId as MatchId
from server.store.event_store import NewEvent as NewEvent
from server.store.sqlite.store import SqliteStore as SqliteStore
from server.tournaments.service import Tournaments as Tournaments
from server.version import SOFTWARE_VERSION as SOFTWARE_VERSION
from server.wire.commands import WIRE_COMMANDS as WIRE_COMMANDS
from server.wire.frames import CLIENT_FRAME as CLIENT_FRAME
from server.wire.frames import CommandFrame as CommandFrame
from server.wire.frames import ProtocolViolation as ProtocolViolation
from server.wire.reading import read_frame as read_frame


async def save_summaries(services: Services) -> None:
    """Note in the lists how far matches have come."""
    await services.housekeeping.save_summaries()
