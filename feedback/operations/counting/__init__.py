"""Out of the box, once: the count, answers that come from files, and what is read for safety before it."""
