#!/bin/sh
# leash.sh <seconds> <command> <arguments>: runs the command, and ends it when standard input closes; by force if it is still
# there after so many seconds.
# The parent holds the other end of standard input, and the kernel closes it however the parent dies, so that no server
# outlives the program that started it, not even after kill -9. prctl(PR_SET_PDEATHSIG) would be Linux only.
grace=$1
shift
exec 3<&0 </dev/null
"$@" 3<&- &
child=$!
trap 'kill -TERM "$child" 2>/dev/null' TERM INT HUP
{
  while read -r _ <&3; do :; done
  kill -TERM "$child" 2>/dev/null
  tries=0
  while [ "$tries" -lt $((grace * 10)) ] && kill -0 "$child" 2>/dev/null; do
    sleep 0.1
    tries=$((tries + 1))
  done
  kill -KILL "$child" 2>/dev/null
} >/dev/null 2>&1 &
watchdog=$!
exec 3<&-
wait "$child"
status=$?
# A trapped signal ends `wait` early; the child's own status comes with the next one.
while kill -0 "$child" 2>/dev/null; do
  wait "$child"
  status=$?
done
kill "$watchdog" 2>/dev/null
exit "$status"
