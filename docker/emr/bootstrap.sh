#!/bin/bash
# Bootstrap action: puts a release of Ripplerank on a node, and on the primary one lets Spark Connect run as a service.
#   bootstrap.sh s3://bucket/app/<release>/ <release>
# The release is the beginning of the manifest's SHA-256, and the manifest holds that of each file: what was changed on its
# way, or by somebody who may write to the bucket and nothing else, is not installed.
set -euo pipefail

place=$1
release=$2
home=${RIPPLERANK_HOME:-/opt/ripplerank}
node_info=${RIPPLERANK_NODE_INFO:-/mnt/var/lib/info/instance.json}

# On a node of EMR this runs as hadoop, and /opt is root's.
if [ ! -w "$(dirname "$home")" ]; then
  sudo install -d -o "$(id -u)" -g "$(id -g)" "$home"
fi
mkdir -p "$home"
cd "$home"

aws s3 cp "${place}manifest.sha256" manifest.sha256 > /dev/null
[ "$(sha256sum manifest.sha256 | cut -c 1-16)" = "$release" ] || {
  echo "The manifest below $place is not that of release $release." >&2
  exit 1
}
while read -r _ name; do
  aws s3 cp "$place$name" "$name" > /dev/null
done < manifest.sha256
sha256sum --check --quiet manifest.sha256
chmod 755 node ./*.sh

# Only the primary node has the service, and only where systemd is.
grep -q '"isMaster": *true' "$node_info" 2> /dev/null || exit 0
(umask 077 && head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' > token)
sudo tee /etc/systemd/system/ripplerank-connect.service > /dev/null <<UNIT
[Unit]
Description=Spark Connect for Ripplerank
After=network-online.target
[Service]
User=$(id -un)
ExecStart=$home/connect.sh
Restart=always
RestartSec=10
[Install]
WantedBy=multi-user.target
UNIT
sudo systemctl daemon-reload
sudo systemctl enable --now ripplerank-connect
