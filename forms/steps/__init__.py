"""Steps in writing a form: each is a pure function from a draft's data to changed data, and never changes what it got.

What is moved, copied and removed is a *unit*: a question with the lines for own words beside its answers, all rows of
a matrix, or a notice. A unit goes by the id of its first item.
"""
