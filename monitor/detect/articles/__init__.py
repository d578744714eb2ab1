"""Long texts: who he is, whose person somebody is, what the sentences before and behind say."""
