"""Pages and papers in two languages: everything twice, nothing lost on the way, and one envelope as ever."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback.i18n import Catalogue, speaking
from feedback.operations.errors import NotFound
from feedback.operations.reports.form_paper import Paper, paper_facts
from feedback.operations.school import School
from feedback.reports.papers import paper_html
from forms.library import open_library
from tests.factories import a_family_instrument, a_round, an_instrument
from tests.pages import Page, Respondent

_BELOW = re.compile(r'<span class="below" lang="en" dir="ltr">(.*?)</span></span>', re.DOTALL)
_MARKS = re.compile("[\ufdd0-\ufdef]")


def below(page: str) -> set[str]:
    """The texts in the second language."""
    return {unescape(re.sub("<[^>]+>", "", found)).strip() for found in _BELOW.findall(page)}


def test_every_text_has_the_second_language_below_it(school: School, client: FlaskClient) -> None:
    round_ = a_round(school, open_library("family-window"), languages=["en", "ur", "es"])
    page = Page(client.get(f"/ur+en/r/{round_.code}"))
    assert (page.lang, page.dir) == ("ur", "rtl")
    assert not _MARKS.search(page.response.text)
    english = below(page.response.text)
    alone = Page(client.get(f"/en/r/{round_.code}"))
    said = {line.strip() for line in alone.words.splitlines() if line.strip()}
    assert {"Family Window", "Send my answers", "I skip this", "Why we ask"} <= english
    # Names of languages and of the school stand once, and so does what the language row says about itself.
    once = {"Hill Road School", "English", "اردو", "Español", "Show two languages", "Skip to the main part"}
    missing = {line for line in said - once if not any(line in each or each in line for each in english)}
    assert not missing


def test_both_languages_stay_from_screen_to_screen_and_give_one_envelope(school: School, client: FlaskClient) -> None:
    round_ = a_round(school, a_family_instrument(), languages=["en", "ar"])
    parent = Respondent(client, f"/ar+en/r/{round_.code}").press("send", ease="easy")
    assert parent.page.status == 200
    assert parent.page.receipt
    links = {link for link in parent.page.links if "/r/" in link}
    assert links
    assert all(link.startswith("/ar+en/") for link in links)


def test_one_language_is_one_press_away(school: School, client: FlaskClient) -> None:
    round_ = a_round(school, a_family_instrument())
    both, one = (Page(client.get(f"/{spoken}/r/{round_.code}")) for spoken in ("ar+en", "ar"))
    assert f"/ar/r/{round_.code}" in both.links
    assert f"/ar+en/r/{round_.code}" in one.links
    assert 'class="below"' not in one.response.text


@pytest.mark.parametrize("spoken", ["en+en", "en+xx", "xx+en", "en+ar+es", "+en", "ti+en"])
def test_other_pairs_are_not_found(school: School, client: FlaskClient, spoken: str) -> None:
    round_ = a_round(school, a_family_instrument())
    assert client.get(f"/{spoken}/r/{round_.code}").status_code == 404


def test_errors_are_said_in_both_and_what_was_typed_stays(school: School, client: FlaskClient) -> None:
    round_ = a_round(school, a_family_instrument())
    parent = Respondent(client, f"/ar+en/r/{round_.code}").press("send", days="many")
    assert parent.page.status == 422
    assert "Please write a whole number, such as 3." in below(parent.page.response.text)
    assert parent.page.fields["q-days"] == ["many"]


def test_marks_that_somebody_types_are_no_pair(school: School, client: FlaskClient) -> None:
    round_ = a_round(school, a_family_instrument())
    typed = '\ufdd0a\ufdd1en" onload="x\ufdd2b\ufdd3'
    parent = Respondent(client, f"/ar+en/r/{round_.code}").press("send", wish=typed, days="many")
    assert 'onload="' not in parent.page.response.text
    assert parent.page.status == 422


@pytest.mark.parametrize("paper", Paper)
def test_papers_have_both_and_their_square_leads_to_both(school: School, app: Flask, paper: Paper) -> None:
    round_ = a_round(school, an_instrument(), languages=["en", "ar"])
    with app.app_context():
        facts = paper_facts(school, round_.id, "ar+en")
        with speaking("ar+en", Catalogue.RESPONDENT):
            html = paper_html(facts, paper, "roomy")
    assert facts.address.split("/")[3] == "ar+en"
    assert below(html)
    assert not _MARKS.search(html)


@pytest.mark.parametrize("spoken", ["ar+ar", "ar+xx", "ar+zh-Hans"])
def test_papers_are_made_in_languages_of_the_round_only(school: School, spoken: str) -> None:
    round_ = a_round(school, an_instrument(), languages=["en", "ar"])
    with pytest.raises(NotFound):
        paper_facts(school, round_.id, spoken)
