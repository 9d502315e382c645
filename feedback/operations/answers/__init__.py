"""What respondents meet: the form, the box, slips, receipts, rooms and shared devices. Nobody is known here."""
