"""What is told to whom: summaries, reports, replies, sums over classes, files to take along, the wall."""

from feedback.web.results import exports, form_about, preview, replies, reports, roll_ups, summary, walls

VIEWS = (exports.bp, form_about.bp, preview.bp, replies.bp, reports.bp, roll_ups.bp, summary.bp, walls.bp)
