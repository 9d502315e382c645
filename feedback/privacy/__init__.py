"""The promises, one module each. Everything here is a small part that answers yes or no, or seals and opens.

* `box`: an envelope can be opened only with the key of its round's box, and bound to round, version and format;
  one that a browser sealed looks like all others.
* `keys`: where keys, peppers and the ledger lie: outside the database and outside its backups, for the service only.
* `key_files`: files that are synced before they count as written, for nobody else on the machine, gone when destroyed.
* `keeper`: who opens a round cannot open its box; with a passphrase nobody can without the privacy officer.
* `queue_keys`: what children write is read for safety, and no page can open an envelope's part.
* `words`: decisions about words are kept as hashes that die with the round's keys.
* `handover`: the passphrase reaches the worker and lies in clear on no disk.
* `ledger`: what was counted, purged or withdrawn never comes back from an old backup.
* `receipts`: the receipt follows from the form key, the envelope's id from the receipt; nothing leads back.
* `slips`: single-use codes that nobody can guess and anybody can type; stored as tags under the round's pepper.
* `carrying`: answers travel between screens sealed to the server; nothing is stored before sending.
* `name_words`: a school's list of name words is kept as tags under the round's data key, never as words.
* `signing`: a pack that leaves is signed, and one that comes in shows every change.
* `permissions`: who may do what, in one table; a privacy officer is never an administrator.
* `passwords`: argon2 for staff, with a pause after wrong ones.
* `audit`: what staff do is chained; what respondents do is never written.
* `backups`: a backup is sealed under the installation's secret, says when it is over, and shows every change.
* `retention`: what is due for deletion on a given day.
"""
