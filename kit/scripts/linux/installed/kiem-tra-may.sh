#!/bin/sh
root=$(CDPATH= cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
. "$root/hien-tai.sh" || exit 1
case $NTM_PYTHON in /*) ;; *) NTM_PYTHON="$root/$NTM_PYTHON" ;; esac
exec "$NTM_PYTHON" -X utf8 -I -B "$root/versions/$NTM_VERSION/bo-cai" check "$@"
