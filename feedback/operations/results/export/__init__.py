"""Releases as files to take away: spreadsheets, tables and JSON, each with its codebook. Reads releases only."""
