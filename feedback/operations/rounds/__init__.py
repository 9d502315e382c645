"""Asking: what is planned, what has to be so before it opens, who reads, which rounds are counted together."""
