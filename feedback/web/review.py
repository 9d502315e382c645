"""Review: a person reads what people wrote, accepts themes, chooses quotes and signs."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from feedback.i18n import gettext
from feedback.operations import review
from feedback.operations.comments import OpenedComment
from feedback.operations.errors import NotFound
from feedback.operations.release import release_words
from feedback.operations.review import MOST_QUOTES, OTHER, QuestionInReview, ThemeInReview
from feedback.operations.rounds import RoundStatus, round_for
from feedback.privacy.permissions import Action
from feedback.web.forms_desk import DeskForm, LineField, N_, Needed, OneOfField, SomeOfField
from feedback.web.place import now, signed_in, the_school, today
from feedback.web.results import words_in

bp = Blueprint("review", __name__, url_prefix="/<language>/desk/rounds/<round_id>/review")
