"""Extensions: more time for an answer, by approval."""
