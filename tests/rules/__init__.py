"""Rules of this product about its own source, and others' checkers of it; none of them runs the product."""
