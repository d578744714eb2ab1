"""A self-hosted service that notices when named people of an organisation leave it."""

__version__ = "0.1.0"
