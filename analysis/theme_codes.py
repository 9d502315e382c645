"""What the codes of themes say, for whoever finds, makes or compares them."""

#: No theme: what is about nothing that anybody named.
OTHER = "other"
#: Codes of themes that analysis found in one round, or that a person made in it, begin so; in another round they say
#: nothing.
FOUND, MADE = "found-", "own-"
