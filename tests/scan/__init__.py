"""`make scan`: others' scanners against a sample school that is started for them and thrown away afterwards."""
