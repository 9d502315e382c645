"""Asking: planning and opening a round, slips and rooms, letters to families, readers, paper."""

from feedback.web.rounds import (
    approvals,
    corrections,
    course,
    family_notices,
    paper_desk,
    quick_entry,
    readers,
    rooms,
    slips,
)

VIEWS = (
    approvals.bp,
    corrections.bp,
    family_notices.bp,
    paper_desk.bp,
    quick_entry.bp,
    readers.bp,
    rooms.bp,
    course.bp,
    slips.bp,
)
