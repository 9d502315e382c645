"""A pilot's pages: plan, life, book, what else was brought in, meetings, and the decision."""

from feedback.web.pilots import brought_in, cycles, decide, life, meetings, pilot, plan, reflect, use

VIEWS = (brought_in.bp, cycles.bp, decide.bp, life.bp, meetings.bp, pilot.bp, plan.bp, reflect.bp, use.bp)
