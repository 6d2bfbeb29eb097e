"""What of a 研判 is held against known cases: whose facts, which offences."""

from datetime import date

import pytest

from assistant.domain.assessment import Assessment, OffenceFinding, Standing, TierStep, Truth
from assistant.domain.facts import FactSheet, Person
from assistant.rules.similar import comparable

ACCIDENT, RECKLESS, DANGER = "offence.134-1p", "offence.134-2p", "offence.134-1"
SHEET = FactSheet(facts={"deaths": 3}, people=(Person("甲", {"role": "worker"}), Person("乙", {"role": "manager"})))


def stands(offence, person="", years=3, least=0, status=Standing.ESTABLISHED):
    step = TierStep("base", "基本档", "", Truth.YES, "", (), (), least, years)
    return OffenceFinding(offence, "", "", person, status, "base", "", "", (), (), (step,))


@pytest.mark.parametrize(
    ("offences", "role", "ids"),
    [
        ([stands(ACCIDENT, "甲", 3), stands(ACCIDENT, "乙", 7, 3)], "manager", (ACCIDENT,)),
        ([stands(ACCIDENT, "甲", 7, 3), stands(RECKLESS, "乙", 5)], "worker", (ACCIDENT, RECKLESS)),
        ([stands(ACCIDENT, "甲", 7, 3), stands(RECKLESS, "乙", None, 5)], "manager", (ACCIDENT, RECKLESS)),
        ([stands(ACCIDENT, "甲", 3), stands(RECKLESS, "乙", 7, status=Standing.CONDITIONAL)], "worker", (ACCIDENT,)),
        ([stands(DANGER, "乙", 1, status=Standing.CONDITIONAL)], "manager", (DANGER,)),
        ([stands(ACCIDENT, "", 7)], "worker", (ACCIDENT,)),
        ([], "worker", ()),
    ],
)
def test_whoever_faces_most_is_compared(offences, role, ids):
    facts, found = comparable(Assessment(SHEET, tuple(offences)))
    assert facts == {"deaths": 3, "role": role}
    assert found == ids


def test_a_case_without_named_people_is_compared_by_its_own_facts():
    facts, _ = comparable(Assessment(FactSheet(facts={"deaths": 1, "conduct_end": date(2024, 5, 20)})))
    assert facts == {"deaths": 1, "conduct_end": date(2024, 5, 20)}
