"""Reading: comments under review, what children wrote, words to interpret, words that are names."""

from feedback.web.review import interpret, name_words, reading_queue, sort, under_review

VIEWS = (interpret.bp, name_words.bp, reading_queue.bp, sort.bp, under_review.bp)
