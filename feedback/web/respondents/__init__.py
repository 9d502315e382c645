"""Pages that people answer on, and what everybody may read. No cookie, no address, no log line, no time."""

from feedback.web.respondents import aloud, class_session, held, kiosk, offline, public, receipts, respond

#: Pages that are answered on: they carry no authority that another site could borrow, and must set no cookie.
ANSWERED_ON = (respond.bp, offline.bp, kiosk.bp, receipts.bp, class_session.bp)
#: Pages that everybody may read.
READ = (aloud.bp, held.bp, public.bp)
