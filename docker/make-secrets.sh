#!/bin/sh
# Writes the secrets of docker/compose.yaml, each once: 48 hexadecimal digits, which any address may hold as they are.
set -eu
folder=${1:-$(dirname "$0")/secrets}
mkdir -p "$folder"
for name in spark-token database-password dashboard-token; do
  [ -e "$folder/$name" ] || od -An -N24 -tx1 /dev/urandom | tr -d ' \n' > "$folder/$name"
done
# Docker hands a file over with its own permissions, and the users of the containers are not its owner; the folder shuts others out.
chmod 700 "$folder"
chmod 644 "$folder"/*
