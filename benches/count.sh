#!/bin/sh
# Instructions for each staff-week of SPI 1, counted by callgrind: one number, the same on every run and every machine
# with the same vectors. Two runs with different numbers of replicates are subtracted, so that start-up cancels.
#
#   benches/count.sh            the engine
#   benches/count.sh kernel     the hand-written kernel
#   benches/count.sh core       the engine on what the kernel does
#   benches/count.sh overhead   what a comparison takes beyond its bare runs, per cent of their instructions: for each
#                               further run, and for a whole one of six runs
#   benches/count.sh most PROGRAM
#                               fails where one replicate takes `dewpoint` more than benches/most.txt allows: a loop that
#                               no longer becomes vectors, or is no longer compiled in one piece with the week, shows there
#
# Needs valgrind. Times say how fast a machine is; this says whether a change makes the machine do more.
set -eu
cd "$(dirname "$0")/.."
which=${1:-engine}
if [ "$which" = most ]; then
    if ! command -v valgrind >/dev/null || ! grep -qw avx2 /proc/cpuinfo 2>/dev/null; then
        echo "left out: it needs valgrind and a processor with AVX2"
        exit 0
    fi
    took=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null --collect-atstart=no \
        --toggle-collect='*simulate::together*' "$2" run spi1 --replicate 0 --fixed --threads 1 2>&1 >/dev/null |
        sed -n 's/.*Collected *: *\([0-9]*\).*/\1/p')
    most=$(sed -n 's/^\([0-9]*\)$/\1/p' benches/most.txt)
    echo "a replicate of SPI 1: ${took:-no} instructions, at most $most are allowed"
    [ "${took:-0}" -gt 0 ] || { echo "count.sh: callgrind found no simulation in $2: has it names?" >&2; exit 1; }
    [ "$took" -le "$most" ] || { echo "count.sh: that is too many; see benches/count.sh engine" >&2; exit 1; }
    exit 0
fi
few=1
many=3
program=$(cargo bench --bench engine --no-run 2>&1 | sed -n 's/.*(\(.*\/engine-[0-9a-f]*\)).*/\1/p')
[ -n "$program" ] || { echo "count.sh: cannot build the bench; try: cargo bench --bench engine --no-run" >&2; exit 1; }

# Instructions of $2 replicates of $1, start-up and end included.
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" --count "$1" "$2" 2>&1 >/dev/null |
        sed -n 's/.*Collected *: *\([0-9]*\).*/\1/p'
}

# Instructions of one more replicate.
each() {
    awk -v a="$(count "$1" $few)" -v b="$(count "$1" $many)" -v n="$((many - few))" \
        'BEGIN { if (a == "" || b == "") exit 1; printf "%.0f\n", (b - a) / n }' ||
        { echo "count.sh: callgrind counted nothing; is valgrind installed?" >&2; exit 1; }
}

if [ "$which" = overhead ]; then
    awk -v with="$(each comparison)" -v bare="$(each runs)" -v whole="$(count comparison 6)" -v runs="$(count runs 6)" \
        'BEGIN { printf "%.2f %.2f\n", 100 * (with / bare - 1), 100 * (whole / runs - 1) }'
else
    awk -v each="$(each "$which")" -v work="$("$program" --count "$which" 0)" 'BEGIN { printf "%.1f\n", each / work }'
fi
