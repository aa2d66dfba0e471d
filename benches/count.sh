#!/bin/sh
# Instructions for each staff-week of SPI 1, counted by callgrind: one number, the same on every run and every machine
# with the same vectors. Two runs with different numbers of replicates are subtracted, so that start-up cancels.
#
#   benches/count.sh            the engine
#   benches/count.sh kernel     the hand-written kernel
#
# Needs valgrind. Times say how fast a machine is; this says whether a change makes the machine do more.
set -eu
cd "$(dirname "$0")/.."
which=${1:-engine}
few=1
many=3
program=$(cargo bench --bench engine --no-run 2>&1 | sed -n 's/.*(\(.*\/engine-[0-9a-f]*\)).*/\1/p')
[ -n "$program" ] || { echo "count.sh: cannot build the bench; try: cargo bench --bench engine --no-run" >&2; exit 1; }

count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" --count "$which" "$1" 2>&1 >/dev/null |
        sed -n 's/.*Collected *: *\([0-9]*\).*/\1/p'
}

work=$("$program" --count "$which" 0)
awk -v a="$(count $few)" -v b="$(count $many)" -v n="$((many - few))" -v work="$work" \
    'BEGIN { if (a == "" || b == "") exit 1; printf "%.1f\n", (b - a) / n / work }' ||
    { echo "count.sh: callgrind counted nothing; is valgrind installed?" >&2; exit 1; }
