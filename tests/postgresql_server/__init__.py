"""A real PostgreSQL 18 for the tests, from a wheel: started by the first that needs it, ended with the test run.

`POSTGRESQL_URL` (`postgresql+psycopg://USER@HOST/`, of a user who may create databases) points the tests at any other.
"""
