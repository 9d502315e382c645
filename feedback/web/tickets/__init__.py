"""Exit tickets: a question to one class, and its answers over the weeks."""

from feedback.web.tickets import ticket

VIEWS = (ticket.bp,)
