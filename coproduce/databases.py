"""The databases of the environment: the one there must be, and two addresses that large sites add."""

from django.core.exceptions import ImproperlyConfigured

from coproduce.environment import env, whole_number

LISTENING, REPLICA = "listening", "replica"
# A machine that is gone says nothing: whoever only listens would wait for it for two hours.
NOTICES_SILENCE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}  # seconds, tries

# A replica that does not answer must not hold up the archive for long.
PATIENCE = {"connect_timeout": 2}  # seconds
# In tests there is one database, whatever the addresses of the site are.
MIRROR = {"TEST": {"MIRROR": "default"}}


def databases() -> dict[str, dict[str, object]]:
    """DATABASES for Django: `default`, and with their variables `listening` and `replica`.

    LISTEN_DATABASE_URL says that DATABASE_URL leads to PgBouncer, whose connections are lent for
    one transaction: cursors that outlive one must not be used on them.
    """
    listening, replica = address_in("LISTEN_DATABASE_URL"), address_in("DATABASE_REPLICA_URL")
    shared = {"CONN_MAX_AGE": whole_number("CONN_MAX_AGE", 60), "CONN_HEALTH_CHECKS": True}
    shared["DISABLE_SERVER_SIDE_CURSORS"] = bool(listening)
    found = {"default": usual() | shared}
    if listening:
        found[LISTENING] = with_options(listening, NOTICES_SILENCE) | {"CONN_MAX_AGE": None, **MIRROR}
    if replica:
        found[REPLICA] = with_options(replica, PATIENCE) | shared | MIRROR
    return found


def usual() -> dict[str, object]:
    """The database of DATABASE_URL, or our own PostgreSQL for development without one."""
    return (address_in("DATABASE_URL") or {"ENGINE": "coproduce.postgres", "NAME": "coproduce"}) | {
        "TEST": {"NAME": env.str("TEST_DATABASE_NAME", default="test_coproduce")},
    }


def with_options(address: dict[str, object], options: dict[str, int]) -> dict[str, object]:
    """The database with options of libpq, those in its address first."""
    return address | {"OPTIONS": options | address.get("OPTIONS", {})}


def address_in(name: str) -> dict[str, object]:
    """The database that the variable `name` leads to; empty where it is not set."""
    if not env.str(name, default=""):
        return {}
    address = env.db(name)
    if address["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name} must begin with postgres://: the site needs PostgreSQL.")
    return address
