#!/bin/sh
# Brings the rules of the fleet into the rulers, once a minute and as each tenant by the front door. What is there is
# looked at first: nothing is written that is there already, and what somebody changed or deleted comes back.
# Namespaces of a ruler that begin with $PREFIX are the fleet's; all others are the tenants' own, and stay as they are.
set -u

rules=${RULES:-/etc/rules}
credentials=${CREDENTIALS:-/etc/tenant-credentials}
state=${STATE:-/tmp/rules}
interval=${INTERVAL:-60}
once=${ONCE:-}
PREFIX=lgtm-fleet-
tab=$(printf '\t')

say() { printf '{"logger":"rules","level":"%s","tenant":"%s","store":"%s","msg":"%s"}\n' "$1" "$tenant" "$store" "$2" >&2; }

# Not as an argument, where other processes would see it.
umask 077
mkdir -p "$state"
rm -f "$state/done"
trap 'kill "${asleep:-}" 2>/dev/null; exit 0' INT TERM

# What is shown at the gateway, as a file of curl's.
sign_in() {
  {
    case $kind in
      password) printf 'user = "%s:%s"\n' "$tenant" "$(quoted "$credentials/$tenant")" ;;
      token) printf 'header = "Authorization: Bearer %s"\n' "$(quoted "$credentials/$tenant")" ;;
      certificate) printf 'cert = "%s"\nkey = "%s"\n' "$credentials/$tenant.crt" "$credentials/$tenant.key" ;;
    esac
    case $kind in
      certificate) printf 'cacert = "%s"\n' "$credentials/ca.crt" ;;
      *) [ -z "${CA:-}" ] || printf 'cacert = "%s"\n' "$CA" ;;
    esac
  } >"$state/as"
}

quoted() { tr -d '\r\n' <"$1" | sed 's/[\\"]/\\&/g'; }

# Prints the status; the answer is in a file.
ask() {
  curl --silent --show-error --max-time 30 --config "$state/as" --output "$state/answer" --write-out '%{http_code}' "$@"
}

# What a ruler has in namespaces of the fleet. A ruler that has nothing at all says 404.
look() {
  status=$(ask "$url") || status="nothing ($status)"
  case $status in
    200) awk -v prefix="$PREFIX" '
           /^[^ #]/ { name = $0; gsub(/["\047]/, "", name); ours = index(name, prefix) == 1 }
           ours' "$state/answer" >"$state/there" ;;
    404) : >"$state/there" ;;
    *) say error "the ruler answers $status when asked what it has"; return 1 ;;
  esac
}

# Namespace and name of each group that is there.
names_there() {
  awk '
    function bare(text) { sub(/ *$/, "", text); gsub(/^["\047]|["\047]$/, "", text); return text }
    /^[^ #]/ { namespace = $0; sub(/: *(\{\}|\[\])? *$/, "", namespace); namespace = bare(namespace) }
    /^ *- name: / && (indent == 0 || match($0, /-/) == indent) {
      indent = match($0, /-/); name = $0; sub(/^ *- name: /, "", name); print namespace "\t" bare(name)
    }' "$state/there" | sort
}

# One number for what should be there and what is: as long as it stays, there is nothing to do.
digest() {
  {
    cat "$state/wanted"
    while IFS=$tab read -r _ _ file; do cat "$rules/$file"; done <"$state/wanted"
    sort "$state/there"
  } | sha256sum
}

escaped() { printf '%s' "$1" | sed 's/%/%25/g; s/ /%20/g; s/#/%23/g; s/?/%3F/g; s|/|%2F|g'; }

# Brings one tenant's rules into one store.
bring() {
  case $store in
    metrics) path=/prometheus/config/v1/rules ;;
    logs) path=/loki/api/v1/rules ;;
  esac
  case $kind in
    certificate) url=$CERTIFICATE_URL$path ;;
    *) url=$GATEWAY_URL$path ;;
  esac
  sign_in
  awk -F '\t' -v tenant="$tenant" -v store="$store" '$1 == tenant && $2 == store { print $3 "\t" $4 "\t" $5 }' \
    "$rules/groups.txt" >"$state/wanted"
  look || return 1
  known="$state/known.$tenant.$store"
  [ "$(digest)" = "$(cat "$known" 2>/dev/null)" ] && return 0
  rm -f "$known"

  bad=
  while IFS=$tab read -r namespace group file; do
    [ -e "$rules/$file" ] || { say error "$file is not there yet"; bad=yes; continue; }
    status=$(ask --request POST --header 'Content-Type: application/yaml' --data-binary "@$rules/$file" \
      "$url/$(escaped "$namespace")") || status="nothing ($status)"
    case $status in
      202) ;;
      *) say error "the ruler answers $status to group $group of $namespace: $(head -c 300 "$state/answer" | tr -c '[:alnum:] .,:_/=()' ' ')"; bad=yes ;;
    esac
  done <"$state/wanted"
  names_there | while IFS=$tab read -r namespace group; do
    awk -F '\t' -v namespace="$namespace" -v group="$group" '$1 == namespace && $2 == group { found = 1 } END { exit !found }' \
      "$state/wanted" && continue
    status=$(ask --request DELETE "$url/$(escaped "$namespace")/$(escaped "$group")") || status="nothing ($status)"
    case $status in
      202 | 404) say info "group $group of $namespace is gone" ;;
      *) say error "the ruler answers $status to the end of group $group of $namespace" ;;
    esac
  done

  look || return 1
  cut -f 1,2 "$state/wanted" | sort >"$state/names"
  [ -z "$bad" ] && [ "$(names_there)" = "$(cat "$state/names")" ] || return 1
  say info "$(wc -l <"$state/names" | tr -d ' ') groups are there"
  digest >"$known"
}

while :; do
  all=done
  while IFS=$tab read -r tenant kind store; do
    case $tenant in '' | '#'*) continue ;; esac
    bring </dev/null || all=
  done <"$rules/owners.txt"
  if [ -n "$all" ]; then touch "$state/done"; else rm -f "$state/done"; fi
  if [ -n "$once" ]; then [ -n "$all" ]; exit; fi
  # What is still starting will be there soon. Waited for, so that a signal is heard meanwhile.
  if [ -n "$all" ]; then pause=$interval; else pause=$(((interval + 5) / 6)); fi
  sleep "$pause" &
  asleep=$!
  wait "$asleep"
done
