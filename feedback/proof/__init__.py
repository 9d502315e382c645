"""The proof: what a thief of the files could learn, tried out with the thief's own means.

Nothing here trusts the rest of the service: the database is read byte by byte, and what may be in it is listed anew.

* `pages`, `rows`, `log`: SQLite's file, page by page, from its published format; no SQLite library reads it.
* `leftovers`: bytes that should be gone. `relink`: attacks that pair slips with envelopes, or find who came first.
* `inventory`: the closed lists of what may be kept about respondents.
* `live`: this installation, on a private copy. `classes`, `needles`, `words`: a made-up school, whose truth is known.
"""
