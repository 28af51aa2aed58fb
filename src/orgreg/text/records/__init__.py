"""The grammar of the register's files as pydantic records, a file per kind: what may stand where, and why."""
