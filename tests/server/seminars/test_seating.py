"""Who acts in a seminar, and under which name the server knows what they asked for."""

from game_rules.roles import Role
from server.access.grants import Grant
from server.hosting.match_host import Sender


def leading(person: str | None, name: str | None = None) -> Grant:
    return Grant(role=Role.FACILITATOR, person=person, name=name)


def test_facilitators_do_not_get_each_others_answers():
    """A repeated id gets the first answer, but only for whoever asked first."""
    senders = [Sender.of(leading(person)) for person in (None, "ann", "bo")]
    assert len({sender.key for sender in senders}) == 3


def test_a_co_facilitator_signs_and_the_facilitator_does_not():
    ann = Sender.of(leading("ann", "Ann")).actor
    assert (ann.person, ann.name) == ("ann", "Ann")
    assert Sender.of(leading(None)).actor.person is None
