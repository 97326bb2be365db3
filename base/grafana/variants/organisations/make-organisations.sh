#!/bin/sh
# Makes the organisations that Grafana lacks and writes the id of each into a file, before Grafana itself starts:
# it looks for them when it reads its data sources and its mapping of groups, and has no other way to make them.
# It may run at any time, and in several pods at once.
set -eu

grafana=${GRAFANA:-/usr/share/grafana/bin/grafana}
home=${GRAFANA_HOME:-/usr/share/grafana}
config=${ORGANISATIONS:-/etc/grafana-make-organisations}
ids=${IDS:-/etc/grafana-organisations}
admin=${ADMIN:-/etc/grafana-admin}
url=${URL:-http://127.0.0.1:3000}
tmp=${TMPDIR:-/tmp}

say() { printf '{"logger":"make-organisations","level":"%s","msg":"%s"}\n' "$1" "$2" >&2; }

"$grafana" server --homepath="$home" --config="$config/organisations.ini" --packaging=docker &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true' EXIT
trap 'exit 1' INT TERM

until curl --silent --fail --output /dev/null --max-time 5 "$url/api/health"; do
  # The first start of a version changes the database, however long that takes.
  kill -0 "$server" 2>/dev/null || { say error 'Grafana ended before it was ready'; exit 1; }
  sleep 1
done

# Not as an argument, where other processes would see it.
umask 077
printf 'user = "%s:%s"\n' "$(cat "$admin/username")" "$(cat "$admin/password")" >"$tmp/as-admin"

# Prints the status; the answer is in a file.
ask() {
  curl --silent --show-error --max-time 30 --config "$tmp/as-admin" --output "$tmp/answer" --write-out '%{http_code}' "$@"
}

reset=
while read -r name; do
  case $name in '' | '#'*) continue ;; esac
  status=$(ask "$url/api/orgs/name/$name")
  if [ "$status" = 401 ] && [ -z "$reset" ]; then
    # Somebody changed it in the browser. What the Secret says counts.
    reset=done
    say info 'the password of the administrator is set to that of the Secret'
    "$grafana" cli --homepath "$home" --config "$config/organisations.ini" admin reset-admin-password \
      --password-from-stdin <"$admin/password"
    status=$(ask "$url/api/orgs/name/$name")
  fi
  if [ "$status" = 404 ]; then
    made=$(ask --header 'Content-Type: application/json' --data "{\"name\":\"$name\"}" "$url/api/orgs")
    # 409: another pod was faster.
    case $made in 200 | 409) ;; *) say error "Grafana answers $made to a new organisation $name"; exit 1 ;; esac
    status=$(ask "$url/api/orgs/name/$name")
  fi
  id=$(sed -n 's/^{"id":\([0-9][0-9]*\),.*/\1/p' "$tmp/answer")
  if [ "$status" != 200 ] || [ -z "$id" ]; then
    say error "Grafana answers $status when asked for organisation $name"
    exit 1
  fi
  (umask 022 && printf '%s\n' "$id" >"$ids/$name")
done <"$config/organisations.txt"
