#!/usr/bin/env bash
# Makes thongsuot_VERSION_ARCHITECTURE.deb in the folder given, from the program and the client that are built.
# package.sh FOLDER [PROGRAM [WEB]]
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$(realpath "$1")
program=${2:-$root/build/release/server/app/thongsuot}
web=${3:-$root/web/build}
[[ -x $program && -f $web/index.html ]] || { echo "build the program and the client first" >&2; exit 1; }

# the same commit makes the same bytes
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
chmod 755 "$stage"
umask 022
tree=$stage/thongsuot
version=$("$program" version | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1)
architecture=$(dpkg --print-architecture)
doc=$tree/usr/share/doc/thongsuot

install -D -m 755 "$program" "$tree/usr/bin/thongsuot"
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$tree/usr/bin/thongsuot"
install -d "$tree/usr/share/thongsuot"
cp -r --no-preserve=mode "$web" "$tree/usr/share/thongsuot/web"
install -D -m 644 "$root/packaging/prometheus/thongsuot.rules.yml" "$tree/usr/share/thongsuot/prometheus/thongsuot.rules.yml"
install -D -m 644 "$root/packaging/thongsuot.service" "$tree/usr/lib/systemd/system/thongsuot.service"
install -D -m 644 "$root/packaging/thongsuot.socket" "$tree/usr/lib/systemd/system/thongsuot.socket"
install -D -m 644 "$root/packaging/debian/default" "$tree/etc/default/thongsuot"
install -D -m 644 "$root/packaging/debian/copyright" "$doc/copyright"
install -m 644 "$root/README.md" "$root/README.vi.md" "$doc/"
install -d "$doc/operations" "$doc/formats" "$doc/security"
for part in operations formats security; do install -m 644 "$root/docs/$part/"*.md "$doc/$part/"; done
install -D -m 644 "$root/tools/verify_journal.py" "$doc/examples/verify_journal.py"
gzip -9nc "$root/CHANGELOG.md" >"$doc/CHANGELOG.md.gz"
printf 'thongsuot (%s) stable; urgency=medium\n\n  * See CHANGELOG.md.gz.\n\n -- %s  %s\n' "$version" \
  "$(sed -n 's/^Maintainer: //p' "$root/packaging/debian/control.in")" "$(date -uRd "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$doc/changelog.gz"
install -d "$tree/usr/share/man/man1"
gzip -9nc "$root/packaging/debian/thongsuot.1" >"$tree/usr/share/man/man1/thongsuot.1.gz"

# the libraries as dpkg knows them
mkdir -p "$stage/debian" "$tree/DEBIAN"
printf 'Source: thongsuot\n\nPackage: thongsuot\nArchitecture: any\n' >"$stage/debian/control"
depends=$(cd "$stage" && dpkg-shlibdeps -O thongsuot/usr/bin/thongsuot 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
[[ -n $depends ]] || { echo "the libraries of the program are not known" >&2; exit 1; }
size=$(du -sk --exclude=DEBIAN "$tree" | cut -f1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" -e "s/@DEPENDS@/$depends/" \
  "$root/packaging/debian/control.in" >"$tree/DEBIAN/control"
echo /etc/default/thongsuot >"$tree/DEBIAN/conffiles"
for script in postinst prerm postrm; do install -m 755 "$root/packaging/debian/$script" "$tree/DEBIAN/$script"; done
(cd "$tree" && find usr etc -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)

file=$out/thongsuot_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$tree" "$file" >/dev/null
echo "$file"
