"""PgBouncer in front of a cluster of the tests."""

from pathlib import Path

from coproduce.postgres.server import PORT, SUPERUSER
from tests.faults.cluster import DATABASE, Cluster
from tools.pooler import Behind, Pooler


class PoolerOfCluster(Pooler):
    """Leads to the one database of the cluster."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        super().__init__(Behind(cluster.where, PORT, SUPERUSER, cluster.server.place.uid), folder, size=4)

    @property
    def url(self) -> str:
        return self.address(DATABASE)

    def kill_and_start(self) -> None:
        self.kill()
        self.start(DATABASE)
