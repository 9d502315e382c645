"""The service: web pages, database, files, clock and keys around the pure packages `forms` and `analysis`."""
