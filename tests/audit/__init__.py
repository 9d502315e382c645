"""`make audit`: what others' checkers and a bad line say of the respondents' pages."""
