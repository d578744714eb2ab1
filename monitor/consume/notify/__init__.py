"""Alerts to endpoints: an outbox in the store, one task an endpoint, signed, retried, dead letters."""
