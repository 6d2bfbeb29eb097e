"""训练: the embedding model, the translation table and the ranking, learnt from the library and from questions with their articles."""
