"""Runs the migrations on the connection that app.db.migrate hands over."""

from alembic import context

import app.factory  # noqa: F401  every table must be known before the metadata is compared
from app.db.base import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
