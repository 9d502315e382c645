"""Words that tell one theme's comments from the others, in any language."""

from analysis.text.terms import telling_words

FOOD = ["ang pagkain ay malamig", "malamig ang pagkain palagi", "pagkain na malamig ang bigay"]
BUS = ["ang bus ay huli", "huli na naman ang bus", "ang bus ay puno", "mabait ang driver"]


def test_words_that_are_said_everywhere_tell_nothing() -> None:
    assert telling_words(FOOD, beside=BUS) == ("malamig", "pagkain")


def test_a_word_that_two_people_used_would_quote_them() -> None:
    assert telling_words(FOOD[:2], beside=BUS) == ()


def test_chinese_is_told_by_pairs_of_signs() -> None:
    assert "厕所" in telling_words(["厕所很脏", "厕所没有纸", "女厕所坏了"], beside=["老师很好", "作业太多"])
