"""A pilot beside other evidence: what is due, what is brought in, what is frozen, and the decision."""
