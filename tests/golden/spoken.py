"""A match in which people say every sentence of the catalogue, plainly and in every voice."""

from dataclasses import replace

from tests.golden.matches import Table
from tests.golden.playing import START_MS
from tests.golden.project import (
    FORMS,
    THE_FACILITATOR,
    Action,
    Actor,
    Arguments,
    Binding,
    PersonId,
    Role,
    Scenario,
    Voice,
    commands,
    create_match,
)


def spoken_match(scenario: Scenario) -> Table:
    """Say everything in the negotiation of round 1, then end the match."""
    table = Table(create_match(scenario, "spoken", 1.0, START_MS))
    one, other = scenario.seats[:2]
    speaker = Actor(Role.PLAYER, one, PersonId("speaker"))
    table.ask(commands.TakeSeat(one, "Ms Speaker"), replace(speaker, seat=None), START_MS)
    for seat in scenario.seats[1:]:
        table.ask(commands.SeatBot(seat, "diplomat"), THE_FACILITATOR, START_MS)
    table.ask(commands.StartMatch(), THE_FACILITATOR, START_MS)
    table.ask(commands.SkipPhase(0, table.position.phase), THE_FACILITATOR, START_MS)
    arena = table.position.arenas_of(one)[0].name
    full = Arguments(other, arena, Action.C, 1, 1.5, Binding.TREATY).given()
    for sentence, form in FORMS.items():
        about = Arguments(**{name: full[name] for name in form.takes})
        for voice in (None, *Voice):
            said = commands.SaySentence((other,), sentence, replace(about, voice=voice))
            table.ask(said, speaker, START_MS)
    table.ask(commands.EndMatch(), THE_FACILITATOR, START_MS)
    return table
