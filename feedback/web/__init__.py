"""Pages: read the request, call one operation, render."""
