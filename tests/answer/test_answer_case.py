"""A case that was asked for by its name: how it ended, what is to be learnt, and its card with all that is told of it."""

from assistant.domain.answer import Section


def test_a_case_that_was_asked_for_is_told_with_its_lesson(services):
    answer = services.ask("祁某华案怎么判的")
    (lesson,) = [claim for claim in answer.section(Section.NOTES) if claim.text.startswith("教训：")]
    (cited,) = [one for one in answer.citations if one.n in lesson.citations]
    assert cited.source_id == "case.spc.qimouhua"
    assert lesson.text in cited.quote


def test_the_opened_card_tells_how_it_came_about_and_who_answered(services):
    lines = services.source("case.spp95").text.splitlines()
    told = [line for line in lines if line.split("：")[0] in {"起因", "经过", "担责", "从宽", "从严", "教训"}]
    assert [line.split("：")[0] for line in told] == ["起因", "经过", "担责", "从宽", "从严", "教训"]
    assert "带班清煤的工人：不起诉" in told[2]
    assert "宋" not in "".join(told)


def test_a_source_without_issuer_and_date_has_no_empty_brackets(services):
    assert services.source("case.pc.wuxi").note.endswith("公开报道（无锡312国道侧翻案）")
