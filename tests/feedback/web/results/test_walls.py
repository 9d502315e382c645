"""A pilot at a glance, and its wall: what the team may know, and what everybody may."""

from datetime import timedelta

from flask import Flask

from feedback.operations.pilots.book import NewEntry, write_entry
from feedback.operations.results.replies import publish_reply, write_reply
from feedback.operations.school import School
from forms.questions.base import Answer
from tests.desk import Desk, fill_and_count
from tests.factories import NOW, a_pilot, a_round, a_staff_member
from tests.feedback.replied import a_reply, ready

PLEASED: dict[str, Answer] = {"again": "yes", "liked": ("games",)}
TIRED: dict[str, Answer] = {"again": "no"}


def test_the_wall_has_the_publics_figure_where_the_team_sees_a_finer_one(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    pilot = a_pilot(school, owner_id=lead.id)
    round_ = a_round(school, pilot=pilot, owner_id=lead.id, group_size=60)
    fill_and_count(school, round_, *[PLEASED] * 44, *[TIRED] * 2)
    desk = Desk(app, lead)
    # Of 46 people 44 is 96%: the team reads "95% or more", as everybody does; but eight in a class are a word.
    few = a_round(school, pilot=pilot, owner_id=lead.id, title="Class 3A", k=5, group_size=8)
    fill_and_count(school, few, *[PLEASED] * 8)
    team = desk.open(f"/rounds/{few.id}/results").words
    assert "Most people answered: Yes" in team
    wall = desk.open(f"/pilots/{pilot.id}/wall").words
    assert "Class 2B" in wall
    assert ("Class 3A" in wall, "most" in wall.lower().split()) == (False, False)
    assert "too few" not in wall


def test_the_wall_says_the_goal_the_next_test_and_what_was_answered(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    pilot = a_pilot(school, owner_id=lead.id)
    round_ = a_round(school, pilot=pilot, owner_id=lead.id, group_size=60)
    desk = Desk(app, lead)
    empty = desk.open(f"/pilots/{pilot.id}/wall").words
    assert "Nothing yet: no box has been opened" in empty
    assert "No answer has been published yet." in empty
    fill_and_count(school, round_, *[PLEASED] * 33, *[TIRED] * 7)
    reply_id = write_reply(school, lead, round_.id, a_reply(ready("more_breaks")), now=NOW)
    assert "There are more breaks now." not in desk.open(f"/pilots/{pilot.id}/wall").words
    publish_reply(school, lead, reply_id, now=NOW)
    for number, aim in ((1, "First aim"), (2, "Second aim")):
        body = {"number": number, "aim": aim, "sort": "test", "change": f"Change {number}"}
        write_entry(school, lead, pilot.id, NewEntry("cycle", body), now=NOW)
    wall = desk.open(f"/pilots/{pilot.id}/wall").words
    for said in ("Children like to read.", "Second aim", "Change 2", "There are more breaks now."):
        assert said in wall
    assert "First aim" not in wall


def test_the_dashboard_shows_released_rounds_waves_use_and_costs(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    pilot = a_pilot(school, owner_id=lead.id, planned_dose={"sessions": 3, "minutes": 60})
    for wave, pleased in (("baseline", 8), ("end", 20)):
        opens_at = NOW - timedelta(days=30 if wave == "baseline" else 2)
        round_ = a_round(school, pilot=pilot, owner_id=lead.id, wave=wave, opens_at=opens_at, group_size=30)
        fill_and_count(school, round_, *[PLEASED] * pleased, *[TIRED] * (25 - pleased))
    a_round(school, pilot=pilot, owner_id=lead.id, title="Still open")
    dose = {"week": "2026-W47", "group": "2B", "sessions": 2, "minutes": 45}
    write_entry(school, lead, pilot.id, NewEntry("dose", dose), now=NOW)
    cost = {"what": "Licences", "sort": "licence", "amount": 240.0}
    write_entry(school, lead, pilot.id, NewEntry("cost", cost), now=NOW)
    words = Desk(app, lead).open(f"/pilots/{pilot.id}/dashboard").words
    for said in (
        "Asked: 30",
        "Clear no",
        "Clear yes",
        "Nobody knows who answered twice",
        "More people gave this answer the last time.",
        "Planned for each class a week: 3 sessions, 60 minutes",
        "240",
    ):
        assert said in words
    assert "Still open" not in words


def test_a_teacher_sees_only_the_own_class_at_a_glance_and_on_the_wall(school: School, app: Flask) -> None:
    teacher, other = a_staff_member(school), a_staff_member(school, account="other@example.org")
    pilot = a_pilot(school)
    for owner, title in ((teacher, "My class"), (other, "Their class")):
        round_ = a_round(school, pilot=pilot, owner_id=owner.id, title=title, group_size=60)
        fill_and_count(school, round_, *[PLEASED] * 33, *[TIRED] * 7)
    desk = Desk(app, teacher)
    for page in ("dashboard", "wall"):
        words = desk.open(f"/pilots/{pilot.id}/{page}").words
        assert ("My class" in words, "Their class" in words) == (True, False)
