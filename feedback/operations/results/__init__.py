"""What is told to whom: releases, sums over classes, replies, the wall, files to take along."""
