"""All the words round a person, weighed by a small model."""
