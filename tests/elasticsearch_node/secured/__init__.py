"""The same node with security on: users, API keys, privileges and TLS, from the same package registries."""
