"""Where a log says it comes from, and where it goes on."""

from game_rules.log.position import Model
from game_rules.match import commands as c
from game_rules.records.lineage import Lineage, lineage
from game_rules.roles import THE_CLOCK
from tests.game_rules.scenes import CHN, Table


def test_a_match_that_nobody_undid_has_no_lineage():
    assert lineage(Table().seat(CHN).start().log) == Lineage()


def test_a_branch_of_a_branch_names_the_nearest_trunk_and_where_it_goes_on():
    table = Table().seat(CHN).start()
    for trunk, seq in (("first", 2), ("second", 3)):
        table.do(c.BranchMatch(trunk, seq), THE_CLOCK)
        table.do(c.ResumeMatch())
    table.do(c.SupersedeMatch("third"))
    assert lineage(table.log) == Lineage("second", 3, "third")


def test_a_model_names_what_it_models_and_took_nobodys_place():
    table = Table().seat(CHN).start()
    table.do(c.BranchMatch("trunk", 2, None, 1), THE_CLOCK)
    found = lineage(table.log)
    assert found == Lineage("trunk", 2, None, Model("trunk", 1))
    assert found.replaced is None
    table.do(c.ResumeMatch())
    table.do(c.BranchMatch("model", 3), THE_CLOCK)
    found = lineage(table.log)
    assert (found.replaced, found.model) == ("model", Model("trunk", 1))
