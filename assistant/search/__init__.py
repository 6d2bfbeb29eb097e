"""检索: a library of passages indexed by words and by vectors, and the ranking that joins the two."""
