"""Until the reveal, nobody can tell what another seat ordered, or whether: at the rules' level."""

from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from game_rules.log.events import OrderSaved, RoundResolved
from game_rules.log.evolve import fold
from game_rules.match.visibility import redact
from game_rules.records.codec import dumps
from game_rules.roles import Viewer, seated
from game_rules.rulesets.chosen import RULESETS
from server.hosting.fanout import Fanout, LoggedEvent
from tests.game_rules.scenes import viewers
from tests.leaks.scripts import Play, Script, draw_script


def sight(played: Play, viewer: Viewer) -> tuple[list[str], list[int], str]:
    """Give all that a viewer has: every event's bytes, under which number, and the position."""
    entries = [LoggedEvent(n, event, dumps(event)) for n, event in enumerate(played.log, 1)]
    audience = Fanout(played.position.scenario).audience(viewer, entries)
    seen = (redact(event, viewer, played.position.scenario) for event in played.log)
    position = dumps(fold(event for event in seen if event is not None))
    return audience.payloads, list(range(1, audience.seq + 1)), position


def compare(script: Script, twin: Script) -> None:
    """Check that whoever does not hold the secret seat gets the same bytes in both runs."""
    first, second = script.play(), twin.play()
    assert [
        x.type for x in first.log if isinstance(x, RoundResolved) and x.round == script.round
    ] == []
    for viewer in viewers(script.scenario):
        if viewer != seated(script.secret_seat):
            assert sight(first, viewer) == sight(second, viewer)
    assert first.answers == second.answers


def secret(script: Script) -> list[OrderSaved]:
    """Give the orders that must not be known."""
    saved = [x for x in script.play().log if isinstance(x, OrderSaved)]
    return [x for x in saved if (x.seat, x.round) == (script.secret_seat, script.round)]


def scripts(seed: int, version: int) -> Script:
    """Draw a script with a secret in it. version: of the rules."""
    script = draw_script(seed, version)
    assume(script is not None)
    assert script is not None
    return script


TWINS: list[Callable[[Script], Script]] = [
    lambda script: script.with_other_choice,
    lambda script: script.without_order,
]


@pytest.mark.parametrize("twin", TWINS, ids=["another choice", "no order"])
@given(st.integers(0, 2**32), st.sampled_from(sorted(RULESETS)))
def test_an_unrevealed_order_changes_nothing_that_others_can_see(
    twin: Callable[[Script], Script], seed: int, version: int
):
    script = scripts(seed, version)
    compare(script, twin(script))


@pytest.mark.slow
@pytest.mark.parametrize("twin", TWINS, ids=["another choice", "no order"])
@settings(max_examples=400)
@given(st.integers(0, 2**32), st.sampled_from(sorted(RULESETS)))
def test_an_unrevealed_order_changes_nothing_in_hundreds_of_matches(
    twin: Callable[[Script], Script], seed: int, version: int
):
    script = scripts(seed, version)
    compare(script, twin(script))


@settings(max_examples=50)
@given(st.integers(0, 2**32), st.sampled_from(sorted(RULESETS)))
def test_the_twins_differ_in_the_secret_and_it_counts_in_the_end(seed: int, version: int):
    """The test above would hold of twins that are no twins."""
    script = scripts(seed, version)
    orders = secret(script), secret(script.with_other_choice)
    assert len(orders[0]) == len(orders[1]) >= 1
    assert orders[0] != orders[1]


def test_most_drawn_scripts_hold_a_secret():
    drawn = [draw_script(seed) for seed in range(100)]
    assert sum(script is not None for script in drawn) > 50
