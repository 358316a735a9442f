#!/bin/sh
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
if [ ! -f "$here/bo-cai/__main__.py" ]; then
  echo "Bộ cài chép thiếu. Chưa cài gì. Hãy chép lại cả thư mục bộ cài." >&2
  exit 1
fi
for python in "$here/python/bin/python3" python3.13 python3.12 python3.11 python3; do
  if "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
  then exec "$python" -X utf8 -I -B "$here/bo-cai" check "$@"; fi
done
cat "$here/bo-cai/thieu-python.txt" >&2
exit 1
