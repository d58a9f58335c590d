"""The answer table: rows of `max(t, from) + after`, how they are made, and how they are written."""
