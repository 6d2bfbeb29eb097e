"""证据要素、时限: what the work of a case needs, from data and without any input or output."""
