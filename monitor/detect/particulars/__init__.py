"""When, whereto and who follows, as the text says it."""
