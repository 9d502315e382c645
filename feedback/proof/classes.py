"""Classes of the made-up school, many times: what the attacks find before the shake, after it, and after the count."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import mean

from feedback.db import reading
from feedback.operations.answers.shake import shake
from feedback.operations.counting.comments import open_comments
from feedback.operations.counting.count import count
from feedback.operations.rounds.course import close_round
from feedback.proof import chance
from feedback.proof.log import commits
from feedback.proof.made_up import TEXTS, MadeUp, Sent, open_class, send
from feedback.proof.pages import PageFile
from feedback.proof.relink import Places, box_in, guesses, overflow_places, pair_by_rank, pairs_in_log, places, right
from feedback.proof.rows import table_rows
from feedback.proof.verdict import Check, Line
from forms.wording import N_

#: Called after each class with how many are done, of how many.
Progress = Callable[[int, int], None]

_ASKED_RUNS = 20


@dataclass(frozen=True, slots=True)
class ClassSeen:
    """One class through all its attacks. Right pairs are by attack; taus by what was looked at."""

    people: int
    in_log_before: int
    in_log_after: int
    pairs_after: dict[str, int]
    tau_before: dict[str, float]
    tau_after: dict[str, float]
    slips_left: int


def attack_a_class(made_up: MadeUp, people: int, *, shaken: bool = True) -> ClassSeen:
    """A class answers, the box is shaken (or not) and counted; the attacks are tried each time."""
    asked, hat = open_class(made_up, people)
    sent = [
        send(made_up, asked, hat.pop(), {"again": "yes", TEXTS[0]: f"wish number {number}"}) for number in range(people)
    ]
    truth = {each.tag: each.envelope for each in sent}
    in_log = right(pairs_in_log(commits(*made_up.copy())), truth)
    before = _order(made_up.file(), asked.round_id, sent)
    if shaken:
        shake(made_up.school, now=made_up.now)
    file = made_up.file()
    box = box_in(file, asked.round_id)
    pairs = {name: right(guess, truth) for name, guess in guesses(file, box).items()}
    after = _order(file, asked.round_id, sent)
    in_log_after = right(pairs_in_log(commits(*made_up.copy())), truth)
    slips = places(box.slips)
    close_round(made_up.school, made_up.lead, asked.round_id, now=made_up.now)
    count(made_up.school, asked.round_id, today=made_up.now.date())
    comments = _comments(made_up, asked.round_id)
    by_slip = dict(zip((each.tag for each in sent), comments, strict=True))
    return ClassSeen(
        people=people,
        in_log_before=in_log,
        in_log_after=in_log_after,
        pairs_after=pairs | {"comment": right(pair_by_rank(slips, comments), by_slip)},
        tau_before=before,
        tau_after=after | {"comment": chance.tau(list(comments.values()))},
        slips_left=len(box_in(made_up.file(), asked.round_id).slips),
    )


def _order(file: PageFile, round_id: str, sent: list[Sent]) -> dict[str, float]:
    """Tau of the order of arrival and of each kind of place."""
    box = box_in(file, round_id)
    envelopes, overflow, slips = places(box.envelopes), overflow_places(file, box.envelopes), places(box.slips)
    return {
        "place": chance.tau([envelopes[each.envelope] for each in sent]),
        "overflow page": chance.tau([overflow[each.envelope] for each in sent]),
        "slip": chance.tau([slips[each.tag] for each in sent]),
    }


def _comments(made_up: MadeUp, round_id: str) -> Places:
    """Where the comments lie, in the order in which they were sent; only this school knows that order."""
    lie = {str(row.values[0]): row.place for row in table_rows(made_up.file(), "comment")}
    with reading(made_up.school.engine) as session:
        came = {
            int(comment.text.split()[-1]): comment.id for comment in open_comments(made_up.school, session, round_id)
        }
    return {came[number]: lie[came[number]] for number in sorted(came)}


def verdicts(seen: list[ClassSeen]) -> list[Line]:
    """The lines about all classes of one size."""
    people, runs = seen[0].people, len(seen)
    return [_log_works(seen), _order_works(seen), _linked(seen, people, runs), _ordered(seen, people, runs)]


def _log_works(seen: list[ClassSeen]) -> Line:
    people, found = seen[0].people, mean(each.in_log_before for each in seen)
    check = Check(
        f"the test itself works: linking, class of {people}",
        N_(
            "Between sending and the shake a thief of the whole folder could still link slips to envelopes; the attack "
            "finds them then, so it would find them afterwards."
        ),
    )
    return check.line(
        found > people / 2,
        f"before the shake the write-ahead log gives away {found:.0f} of {people} pairs",
    )


def _order_works(seen: list[ClassSeen]) -> Line:
    people, found = seen[0].people, mean(each.tau_before["overflow page"] for each in seen)
    check = Check(
        f"the test itself works: order, class of {people}",
        N_(
            "Before the shake the places in the file tell who came first; the attack sees it, so it would see it "
            "afterwards."
        ),
    )
    return check.line(abs(found) > 0.5, f"before the shake, mean tau {found:+.2f} (1 is known, 0 is nothing)")


def _linked(seen: list[ClassSeen], people: int, runs: int) -> Line:
    check = Check(
        f"slips cannot be linked to envelopes, class of {people}",
        N_("Whoever steals the file after a shake or after the count guesses no better than by drawing lots."),
    )
    by_attack = {name: sum(each.pairs_after[name] for each in seen) for name in seen[0].pairs_after}
    worst, most = max(by_attack.values()), chance.most_by_chance(people * runs, 1 / people)
    log, left = sum(each.in_log_after for each in seen), sum(each.slips_left for each in seen)
    return check.line(
        worst <= most and log == 0 and left == 0,
        f"at best {worst} of {people * runs} pairs right ({worst / people / runs:.1%}; chance is {1 / people:.1%}, "
        f"and reaches more than {most} less than once in a thousand million times); "
        f"{log} pairs in the log, {left} used slips left after the count",
    )


def _ordered(seen: list[ClassSeen], people: int, runs: int) -> Line:
    check = Check(
        f"the order of answers is gone, class of {people}",
        N_("Whoever steals the file after a shake or after the count cannot tell who answered first."),
    )
    taus = {name: [each.tau_after[name] for each in seen] for name in seen[0].tau_after}
    widest = chance.widest_tau(people, runs)
    told = ", ".join(f"{name} {mean(found):+.3f}" for name, found in taus.items())
    if runs > _ASKED_RUNS:
        first = max((mean(found[:_ASKED_RUNS]) for found in taus.values()), key=abs)
        told += f"; worst of the first {_ASKED_RUNS} runs {first:+.3f}"
    return check.line(
        all(abs(mean(found)) <= widest for found in taus.values()),
        f"mean tau over {runs} runs: {told} (may be ±{widest:.2f}; standard error "
        f"{chance.tau_error(people, runs):.3f})",
    )
