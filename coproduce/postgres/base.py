"""The Django backend of the development PostgreSQL: Django's own, plus a server that is there."""

from collections.abc import Iterable

from django.conf import settings
from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient as PostgresClient

from coproduce.postgres.server import PORT, SUPERUSER, Server

server = Server(settings.LOCAL_DIR)


class DatabaseClient(PostgresClient):
    """`dbshell` with the psql that comes with the server."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, object], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        where = {"HOST": server.join(), "PORT": PORT, "USER": SUPERUSER}
        command, env = super().settings_to_cmd_args_env(settings_dict | where, parameters)
        return [str(server.place.programs / command[0]), *command[1:]], env


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, object]:
        where = {"host": server.join(), "port": PORT, "user": SUPERUSER}
        return super().get_connection_params() | where

    def get_new_connection(self, conn_params: dict[str, object]) -> object:
        """Connects; a server that has died in the meantime is started again first."""
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            server.revive()
            return super().get_new_connection(conn_params)
