"""The promises, one module each. Everything here is a small part that answers yes or no, or seals and opens.

* `box`: an envelope can be opened only with the key of its round's box, and bound to round, version and format.
* `keys`: where keys, peppers and the ledger lie: outside the database and outside its backups, for the owner only.
* `receipts`: the receipt follows from the form key, the envelope's id from the receipt; nothing leads back.
* `carrying`: answers travel between screens sealed to the server; nothing is stored before sending.
* `permissions`: who may do what, in one table; a privacy officer is never an administrator.
* `passwords`: argon2 for staff, with a pause after wrong ones.
* `audit`: what staff do is chained; what respondents do is never written.
* `retention`: what is due for deletion on a given day.
"""
