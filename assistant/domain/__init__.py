"""The nouns of the field: provisions, records and answers. Frozen values; no vendor is imported here."""
