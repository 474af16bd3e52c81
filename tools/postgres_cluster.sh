#!/bin/sh
# A throw-away PostgreSQL for tests: no network, no passwords, no care for power cuts.
#
#   tools/postgres_cluster.sh start DIR   makes it if need be, starts it, prints its DSN
#   tools/postgres_cluster.sh stop DIR
#
# Everything is inside DIR. As root the server runs as the user postgres, or else nobody.
#   THONGSUOT_TEST_POSTGRES=$(tools/postgres_cluster.sh start /tmp/pg) ctest …
set -eu

usage() {
  echo "usage: $0 start|stop DIR" >&2
  exit 2
}

[ $# -eq 2 ] || usage
act=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
port=5432
bin=${POSTGRES_BIN:-/usr/lib/postgresql/15/bin}
[ -x "$bin/initdb" ] || { echo "no PostgreSQL programs in $bin; set POSTGRES_BIN" >&2; exit 1; }

# A socket's full name must fit in 107 bytes.
if [ "$(printf %s "$dir/socket/.s.PGSQL.$port" | wc -c)" -ge 100 ]; then
  echo "the path $dir is too long for a socket; choose a shorter one" >&2
  exit 1
fi

# PostgreSQL refuses to run as root.
if [ "$(id -u)" -eq 0 ]; then
  owner=postgres
  id "$owner" >/dev/null 2>&1 || owner=nobody
  as_owner() { (cd "$dir" && setpriv --reuid="$owner" --regid="$(id -g "$owner")" --clear-groups "$@"); }
else
  owner=
  as_owner() { (cd "$dir" && "$@"); }
fi

start() {
  mkdir -p "$dir/socket"
  if [ ! -e "$dir/cluster/PG_VERSION" ]; then
    mkdir -p "$dir/cluster"
    [ -z "$owner" ] || chown "$owner" "$dir" "$dir/cluster" "$dir/socket"
    as_owner "$bin/initdb" --pgdata="$dir/cluster" --username=thongsuot --auth=trust \
      --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
    cat >>"$dir/cluster/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$dir/socket'
port = $port
max_connections = 100
fsync = off
synchronous_commit = off
full_page_writes = off
CONF
  fi
  if ! as_owner "$bin/pg_ctl" --pgdata="$dir/cluster" status >/dev/null 2>&1; then
    as_owner "$bin/pg_ctl" --pgdata="$dir/cluster" --log="$dir/cluster/server.log" --wait --timeout=60 start \
      >/dev/null || { cat "$dir/cluster/server.log" >&2; exit 1; }
  fi
  "$bin/psql" --host="$dir/socket" --port=$port --username=thongsuot --dbname=postgres --quiet \
    --tuples-only --no-align --command="select 1 from pg_database where datname = 'thongsuot'" | grep -q 1 ||
    "$bin/createdb" --host="$dir/socket" --port=$port --username=thongsuot thongsuot
  echo "postgresql:///thongsuot?host=$dir/socket&user=thongsuot&port=$port"
}

stop() {
  as_owner "$bin/pg_ctl" --pgdata="$dir/cluster" --mode=fast --wait stop >/dev/null
}

case $act in
  start | stop) "$act" ;;
  *) usage ;;
esac
