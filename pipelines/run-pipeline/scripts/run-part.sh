#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-part - one task of a folder that run-pipeline --parts made, or what is missing of all.
#
#   run-part PHASE I        does task I of PHASE; does nothing where it is done. Status 0, 1, 2, 3 as of a filter
#   run-part --status       what is done, and what is missing and why; status 1 where something is
#   run-part --missing PHASE   the numbers of the tasks that are missing
#   run-part --resume [N]   make -jN
#
# A task writes into a folder of its own, hidden in work/PHASE, hands its output to the disk, renames it, and renames
# its statistics to done/PHASE/I last: that file says that it is done, whatever a scheduler says. So a task may be killed
# at any time and be run again, or twice at once. Documents and rows are moved by dd, sort and awk, which take no more
# memory than they are told; all else is run-pipeline and the filters.
#
# Nothing here is read from a process that bash names in /dev/fd: not every machine has that.
set -uo pipefail
export LC_ALL=C
unset CDPATH
dir=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P) || exit 1
. "$dir/folder.sh" || exit 1
runner=$bin/${prefix}run-pipeline
SORT=(sort -S "${GHIRBAL_SORT_MEMORY:-256M}" --parallel=1 -t $'\t')

fail() { printf 'run-part: %s %s: %s\n' "$phase" "$task" "$1" >&2; exit "${2:-1}"; }

# --- what is missing --------------------------------------------------------------------------------------------

missing() { # of a phase; its tasks without a file in done/
	local phase=$1 i file
	. "$dir/phases/$phase.sh"
	for ((i = 1; i <= tasks; i++)); do
		printf -v file %06d "$i"
		[ -e "$dir/done/$phase/$file" ] || echo "$file"
	done
}

tell_missing() { # a line for each task: what it said last, at most 20 of a phase
	local phase=$1 count=0 task failed said
	shift
	for task; do
		if ((++count > 20)); then
			echo "  ... and $(($# - 20)) more"
			return
		fi
		failed=$(cat "$dir/done/$phase/.failed.$task" 2>/dev/null)
		said=$(grep -av '^[[:space:]]*$' "$dir/log/$phase/$task" 2>/dev/null | tail -n 1)
		if [ -n "$failed" ]; then
			echo "  $phase $task: failed with status $failed: ${said:-it said nothing} (log/$phase/$task)"
		elif compgen -G "$dir/work/$phase/.$task.*" >/dev/null; then
			echo "  $phase $task: begun, not finished: it runs, or was killed${said:+; it said: $said}"
		else
			echo "  $phase $task: not begun"
		fi
	done
}

status() {
	local phase tasks lacks=() any=0 rejected
	for phase in "${phases[@]}"; do
		. "$dir/phases/$phase.sh"
		lacks=($(missing "$phase"))
		echo "$phase: $((tasks - ${#lacks[@]})) of $tasks done"
		((${#lacks[@]} == 0)) || any=1
		# What waits for an earlier phase is no news.
		((${#lacks[@]} == 0 || (${#lacks[@]} == tasks && any > 1))) || tell_missing "$phase" "${lacks[@]}"
		((${#lacks[@]} == 0)) || any=2
	done
	((any == 0)) || return 1
	rejected=$(cat "$dir"/done/*/.rejected.* 2>/dev/null | wc -l)
	((rejected == 0)) || { echo "rejected: records of $rejected parts could not be used: bad/, log/"; return 3; }
}

resume() {
	make -C "$dir" --no-print-directory -k -j"${1:-1}" >&2
	status
}

# --- versions ---------------------------------------------------------------------------------------------------

check_versions() {
	[ -x "$runner" ] || fail "there is no program '$runner' on this machine"
	"$runner" --versions >"$t/versions" || fail "'$runner --versions' failed"
	cmp -s "$t/versions" "$dir/versions" && return
	fail "the folder was made by other versions: it has '$(diff "$dir/versions" "$t/versions" | sed -n 's/^< //p' | head -n 1)', here it is '$(diff "$dir/versions" "$t/versions" | sed -n 's/^> //p' | head -n 1)'; plan a new folder, or use the programs it was made by" 2
}

# --- rows ---------------------------------------------------------------------------------------------------------

tasks_of() { (. "$dir/phases/$1.sh" && echo "$tasks"); }

# A range of a file.
range() { dd if="$1" iflag=skip_bytes,count_bytes,fullblock bs=1M skip="$2" count="$3" status=none; }

# Bytes of rows by the share that they are for: a line for each share, its first byte and its length.
index_by_key() { # rows in the order of their keys
	awk -F'\t' -v n="$buckets" '
	function close_to(next_share) { while (share < next_share) { share++; print start, at - start; start = at } }
	BEGIN { hex = "0123456789abcdef"; share = 0; start = at = 0 }
	{ head = substr($1, 1, 4)
	  if ((head "") != (last "")) {
		last = head; v = 0
		for (i = 1; i <= 4; i++) v = v * 16 + index(hex, substr(head, i, 1)) - 1
		close_to(int(v * n / 65536)) }
	  at += length($0) + 1 }
	END { close_to(n) }'
}

index_by_part() { # rows in the order of parts, which are their first field
	awk -F'\t' -v n="$parts" '
	function close_to(next_share) { while (share < next_share) { share++; print start, at - start; start = at } }
	BEGIN { share = 0; start = at = 0 }
	{ close_to($1 - 1); at += length($0) + 1 }
	END { close_to(n) }'
}

# All rows that the phase $1 wrote for share $2, in the order of its tasks; with $3, the task is the last field.
gather() {
	local from=$1 share=$((10#$2)) number=${3:-} i count file place start len
	count=$(tasks_of "$from") || return
	for ((i = 1; i <= count; i++)); do
		printf -v file %s/%06d "$dir/work/$from" "$i"
		place=$(sed -n "${share}p" "${file%/*}/.index.${file##*/}") && [ -n "$place" ] || return
		start=${place% *} len=${place#* }
		((len)) || continue
		if [ -n "$number" ]; then
			range "$file" "$start" "$len" | awk -v p="$i" '{ print $0 "\t" p }' || return
		else
			range "$file" "$start" "$len" || return
		fi
	done
}

# Rows of one key put together by OR. In the end only common keys are of use: eight bits and more.
or_rows() {
	"${SORT[@]}" -m -k1,1 -- "$@" | awk -F'\t' -v least=$((is_last_level ? 8 : 0)) '
	function or_digit(a, b,    r, k) {
		r = 0
		for (k = 8; k >= 1; k /= 2) {
			if (a >= k || b >= k) r += k
			if (a >= k) a -= k
			if (b >= k) b -= k }
		return r }
	function out(    i, n) {
		n = 0
		for (i = 1; i <= 4; i++) n += ones[substr(bits, i, 1)]
		if (key != "" && n >= least) print key "\t" bits }
	BEGIN {
		hex = "0123456789abcdef"
		for (a = 0; a < 16; a++) {
			for (b = 0; b < 16; b++)
				both[substr(hex, a + 1, 1) substr(hex, b + 1, 1)] = substr(hex, or_digit(a, b) + 1, 1)
			ones[substr(hex, a + 1, 1)] = a % 2 + int(a / 2) % 2 + int(a / 4) % 2 + int(a / 8) } }
	{ if (($1 "") != key) { out(); key = $1 ""; bits = $2 ""; next }
	  sum = ""
	  for (i = 1; i <= 4; i++) sum = sum both[substr(bits, i, 1) substr($2, i, 1)]
	  bits = sum }
	END { out() }'
}

# Of rows with one key all but the first: their parts and numbers.
again_rows() {
	gather "$reads" "$task" number | "${SORT[@]}" -s -k1,1 -T "$t" |
		awk -F'\t' '{ if (($1 "") == last) print $3 "\t" $2; last = $1 "" }' |
		"${SORT[@]}" -k1,1n -k2,2n -T "$t" >"$t/out" || return
	index_by_part <"$t/out" >"$t/index"
}

# --- documents ------------------------------------------------------------------------------------------------------

# The pieces of this task's part: start, end, and names in t/names. Each must be as it was when it was planned.
find_pieces() {
	local rows
	rows=$(awk -F'\t' -v p="$((10#$task))" 'NR > 1 && $1 == p { print NR - 2, $3, $4, $5, $6 }' "$dir/parts.tsv")
	mapfile -d '' -t paths <"$dir/inputs0"
	names=() expected=""
	while read -r row first behind bytes changed; do
		names+=("${paths[row]}")
		expected+="$bytes $changed"$'\n'
		start=$first end=$behind size=$bytes # of the last; who has a range has one
	done <<<"$rows"
	printf '%s\0' "${names[@]}" >"$t/names"
	check_pieces
}

check_pieces() {
	local now i was is
	now=$(xargs -0 stat -L --printf '%s %.9Y\n' -- <"$t/names" 2>"$t/said") || {
		sed 's/^stat: //' "$t/said" >&2
		fail "cannot read an input; put it back, or plan a new folder"
	}
	[ "$now" = "${expected%$'\n'}" ] && return
	for ((i = 0; i < ${#names[@]}; i++)); do
		was=$(sed -n "$((i + 1))p" <<<"$expected") is=$(sed -n "$((i + 1))p" <<<"$now")
		[ "$was" = "$is" ] || fail "'${names[i]}' was changed after planning: it had ${was% *} bytes, of time ${was#* }; it has ${is% *}, of ${is#* }; plan a new folder"
	done
}

# The options that say how documents are told apart.
frame_options() {
	local to=$out
	((writes_rows)) && to=text
	frames=()
	if [ "$in" = jsonl ]; then
		frames=(--jsonl ${field:+"--field=$field"} "--bad-records=$t/bad")
	else
		frames=("--read=$in" "--write=$to")
	fi
	((runs_programs)) && frames+=(--allow-exec)
	return 0
}

# What the phase reads besides: --set NAME=FILE for each.
side_options() {
	local side name from share
	sets=()
	for side in "${sides[@]}"; do
		name=${side%%=*} from=${side#*=} share=${from#*/} from=${from%/*}
		case $share in
		all)
			if [ "$(tasks_of "$from")" = 1 ]; then
				sets+=("--set=$name=$dir/work/$from/000001")
				continue
			fi
			all_of "$from" | xargs -0 cat -- >"$t/side.$name" ;;
		bucket) # a key that comes once brings nothing together
			gather "$from" "$task" | "${SORT[@]}" -s -k1,1 -T "$t" | awk -F'\t' '
			{ if (($1 "") == last) { if (held != "") print held; held = ""; print } else held = $0; last = $1 "" }' \
				>"$t/side.$name" ;;
		part) gather "$from" "$task" | cut -f2- | "${SORT[@]}" -n -T "$t" >"$t/side.$name" ;;
		esac || fail "cannot gather rows of $from"
		sets+=("--set=$name=$t/side.$name")
	done
	((writes_aside)) && sets+=("--set=out=$t/out")
	return 0
}

all_of() { # the outputs of a phase, each name ended by a NUL
	local i count
	count=$(tasks_of "$1") || return
	for ((i = 1; i <= count; i++)); do printf '%s/%06d\0' "$dir/work/$1" "$i"; done
}

run_pipeline() {
	local to=$t/out
	((writes_aside)) && to=/dev/null
	"$runner" "$dir/phases/$phase.yaml" "${frames[@]}" "${sets[@]}" --stats="$t/stats" --output="$to" "$@"
}

# Runs the phase's pipeline over what it reads.
filter_documents() {
	frame_options
	side_options
	if [ "$reads" = source ]; then
		if [ "$deal" = parts ]; then find_pieces; else find_all_pieces; fi
		if ((${#names[@]} == 1)) && [ "$deal" = parts ] && ((start > 0 || end < size)); then
			range "${names[0]}" "$start" $((end - start)) | run_pipeline
		else
			run_pipeline --files0-from="$t/names" </dev/null
		fi
		code=$?
		check_pieces
		return $code
	fi
	if [ "$deal" = parts ]; then
		printf '%s\0' "$dir/work/$reads/$task" >"$t/names"
	else
		all_of "$reads" >"$t/names" || return 1
	fi
	run_pipeline --files0-from="$t/names" </dev/null
}

# All inputs, where one task has them all.
find_all_pieces() {
	local rows # of files' beginnings: one that was named twice is read twice
	rows=$(awk -F'\t' 'NR > 1 && $3 == 0 { print NR - 2 "\t" $5 "\t" $6 }' "$dir/parts.tsv")
	mapfile -d '' -t paths <"$dir/inputs0"
	names=() expected=""
	while IFS=$'\t' read -r row size changed; do
		names+=("${paths[row]}")
		expected+="$size $changed"$'\n'
	done <<<"$rows"
	printf '%s\0' "${names[@]}" >"$t/names"
	check_pieces
}

# The filter over rows of the phase before: a few of them in a tree, all in the end.
filter_rows() {
	local from word options=() first=1 i
	all_of "$reads" >"$t/from" || return
	mapfile -d '' -t from <"$t/from"
	[ "$deal" != tree ] || from=("${from[@]:(10#$task - 1) * branches:branches}")
	if [ "$work" = or ]; then
		or_rows "${from[@]}" >"$t/out"
		return
	fi
	for word in "${words[@]}"; do
		case $word in
		*=@in) for i in "${from[@]}"; do options+=("${word%@in}$i"); done; first=0 ;;
		*=@out) options+=("${word%@out}$t/out") ;;
		*) options+=("$word") ;;
		esac
	done
	if ((first)); then
		local to=text
		((writes_rows)) || to=$out
		"$bin/$prefix$program" "${options[@]}" --write="$to" --stats="$t/stats" --output="$t/out" -- "${from[@]}" </dev/null
	else
		"$bin/$prefix$program" "${options[@]}" --stats="$t/stats" </dev/null >/dev/null
	fi
}

# --- one task ---------------------------------------------------------------------------------------------------

work() {
	if [ "$work" = comes-again ]; then again_rows
	elif ((reads_rows)); then filter_rows
	else filter_documents; fi
}

# Rows in the order of their keys, so that each share of the keys is one range.
deal_rows() {
	"${SORT[@]}" -s -k1,1 -T "$t" <"$t/out" >"$t/sorted" && mv -- "$t/sorted" "$t/out" &&
		index_by_key <"$t/out" >"$t/index"
}

place() { # the output, then what says that it is there
	local code=$1
	[ -e "$t/stats" ] || echo '{"status":0}' >"$t/stats" || return
	sync -- "$t/out" "$t/stats" || return
	if [ -e "$t/index" ]; then
		sync -- "$t/index" && mv -fT -- "$t/index" "$dir/work/$phase/.index.$task" || return
	fi
	if [ -s "$t/bad" ]; then mv -fT -- "$t/bad" "$dir/bad/$phase/$task" || return; fi
	mv -fT -- "$t/out" "$dir/work/$phase/$task" || return
	rm -f -- "$dir/done/$phase/.failed.$task"
	if ((code == 3)); then echo "$task" >"$dir/done/$phase/.rejected.$task" || return; fi
	mv -fT -- "$t/stats" "$dir/done/$phase/$task" && sync -- "$dir/done/$phase" "$dir/work/$phase"
}

# A stage that a signal ended is another matter than one that failed: it may be tried again.
say_failed() {
	local code=$1
	! grep -aq 'was killed by signal' "$dir/log/$phase/$task" 2>/dev/null || code=signal
	echo "$code" >"$dir/done/$phase/.failed.$task"
}

run_task() {
	local code=0
	. "$dir/phases/$phase.sh" || return 1
	check_versions
	work
	code=$?
	((code == 0 || code == 3)) || return "$code"
	if ((is_dealt)) && ! [ -e "$t/index" ]; then deal_rows || fail "cannot sort its rows"; fi
	place "$code" || fail "cannot put its output in place"
	return "$code"
}

phase=${1:-} task=${2:-}
case $phase in
--status) status; exit ;;
--resume) resume "${2:-1}"; exit ;;
--missing) missing "$task"; exit ;;
esac
if ! [ -e "$dir/phases/$phase.sh" ] || ! [[ $task =~ ^0*[1-9][0-9]*$ ]] || ((10#$task > $(tasks_of "$phase"))); then
	echo "run-part: use: run-part PHASE I, run-part --status, run-part --resume N; phases: ${phases[*]}" >&2
	exit 2
fi
printf -v task %06d "$((10#$task))" # so that names sort in the order of parts
[ ! -e "$dir/done/$phase/$task" ] || exit 0
here=${HOSTNAME:-here}
for old in "$dir/work/$phase/.$task."*; do # of a task that was killed; who runs here, runs
	[[ $old == *".$here."* ]] && kill -0 "${old##*.}" 2>/dev/null || rm -rf -- "$old"
done
t=$dir/work/$phase/.$task.$here.$$
mkdir -- "$t" || exit 1
trap 'rm -rf -- "$t"' EXIT
trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM
export TMPDIR=${TMPDIR:-$t}
(run_task) 2>"$dir/log/$phase/$task"
code=$?
[ -s "$dir/log/$phase/$task" ] && cat -- "$dir/log/$phase/$task" >&2
((code == 0 || code == 3)) || say_failed "$code"
exit "$code"
