"""Commands, and who asks for them in a match of the first round."""

from game_rules.games.stage_games import C
from game_rules.log.events import Phase
from game_rules.log.sentences import Arguments, Sentence
from game_rules.match import commands as c
from game_rules.roles import THE_CLOCK, THE_FACILITATOR, Actor, PersonId, Role
from game_rules.scenario.injects import Inject
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    Table,
    person,
)

ONE_OF_EACH = (
    c.TakeSeat(PHL, "Ann"),
    c.LeaveSeat(),
    c.SeatBot(CHN, "tit_for_tat"),
    c.ClearSeat(CHN),
    c.PassPen(PersonId("aide")),
    c.Reseat(PersonId("aide"), PHL),
    c.RemovePerson(PersonId("aide")),
    c.EngageAutopilot(CHN),
    c.ReleaseAutopilot(CHN),
    c.OpenInject(Inject("storm", "A storm", "It rains.", 1)),
    c.CloseInject("calm"),
    c.OrderFor(CHN, 1, {"strait": C}),
    c.BranchMatch("trunk", 9),
    c.SupersedeMatch("branch"),
    c.StartMatch(),
    c.Say((), "Hello", None),
    c.SaySentence((), Sentence.GREET, Arguments(JPN)),
    c.Propose(1, PactTerms((CHN, JPN), (Pledge(CHN, "strait", C),), (), 1, Binding.TREATY)),
    c.CounterProposal(1, 7, PactTerms((CHN, JPN), (), (), 1, Binding.TREATY)),
    c.AnswerProposal(1, 7, True),
    c.SaveOrder(1, {}),
    c.MakeMove(1, Move(MoveKind.RESTRAINT, "strait")),
    c.TakeBackMove(1),
    c.SaveForecast(1, "strait", {JPN: C}),
    c.SetReady(1, Phase.DECISION, True),
    c.PauseMatch(),
    c.ResumeMatch(),
    c.ExtendDeadline(1000),
    c.SkipPhase(1, Phase.DECISION),
    c.EndMatch(),
    c.PassDeadline(1, Phase.DECISION),
    c.GoOn(1, Phase.DECISION),
    c.MakeUpOutage(1000),
)


def asker(command: c.Command) -> Actor:
    """Give somebody who may ask for a command: a newcomer who sits down, or CHN's holder."""
    if isinstance(command, c.TakeSeat):
        return person("ann")
    role = command.by[0]
    return {Role.FACILITATOR: THE_FACILITATOR, Role.CLOCK: THE_CLOCK}.get(role, person("CHN"))


def deciding() -> Table:
    """A match in the decision of round 1: people on CHN and JPN, PHL free."""
    return Table().seat(CHN, JPN).start().skip_to(Phase.DECISION)
