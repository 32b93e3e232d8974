#!/usr/bin/env bash
# Fetches what the checking page takes from npm, at one version and by its SHA-512, into certserver/checking/static/vendor.
# Run by a person when the version changes (needs npm and the network); what it writes is committed.
# --check fetches too, and says whether what is committed is just that.
set -euo pipefail
cd "$(dirname "$0")/../.."

name=zxing-wasm
version=3.1.6
integrity=sha512-mU7UNuvl+hOT+nlSOQTMHZ2tM8lRMsbjDIp5IO/+HmBl/FOq77q0OSZPJ3cm42A9c1MKU6Uve67FiGdkhsrT9g==
committed=certserver/checking/static/vendor/$name

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent --ignore-scripts "$name@$version" >/dev/null)
packed=$work/$name-$version.tgz
found=sha512-$(openssl dgst -sha512 -binary "$packed" | base64 -w0)
[ "$found" = "$integrity" ] || { echo "vendor: $name $version is not what was looked at: $found" >&2; exit 1; }
tar -xzf "$packed" -C "$work"

fresh=$work/fresh
mkdir -p "$fresh/reader"
cp "$work/package/LICENSE" "$fresh/LICENSE"
cp "$work/package/dist/reader/zxing_reader.wasm" "$fresh/reader/"
cp "$work/package/dist/es/reader/index.js" "$fresh/reader/"
# By itself the library would fetch its binary from a public network of copies. That address goes: there is only ours.
sed -E 's#https://[a-z.]+/npm/zxing-wasm@[0-9.]+/dist/#./#' "$work/package/dist/es/share.js" > "$fresh/share.js"
if grep -q '://' "$fresh/share.js" "$fresh/reader/index.js"; then
    echo "vendor: an address is left in $name: look where it is used" >&2; exit 1
fi
cat > "$fresh/VERSION" <<TEXT
$name $version, MIT (LICENSE); inside it ZXing-C++, Apache-2.0 (docs/licences/apache-2.0.txt)
$integrity
Written by packaging/setup/vendor.sh, which takes one address out of share.js.
TEXT

if [ "${1:-}" = --check ]; then
    diff -r "$fresh" "$committed" && echo "vendor: $committed is $name $version"
else
    rm -rf "$committed"
    mkdir -p "$(dirname "$committed")"
    cp -r "$fresh" "$committed"
    echo "vendor: $name $version in $committed"
fi
