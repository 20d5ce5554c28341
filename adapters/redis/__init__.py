"""The store: one Redis or Valkey that holds everything. Every change is one idempotent script in ``scripts/``."""
