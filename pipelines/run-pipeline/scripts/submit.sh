#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# submit - the tasks of this folder that are missing, by Slurm.
#
#   submit [OPTION]...   options of sbatch: --partition, --account, --time (of a task, 4 hours), --mem (of a task, 4G) …
#   submit --cancel      ends what was submitted
#
# Run it where sbatch is; nothing of ours but this folder is needed there. Jobs are array jobs, one phase at a time, and
# one small job that waits until their tasks have ended in whatever way ("afterany"; a dependency that cannot come true
# ends it), looks which files are there, and submits what is next: the next phase, or what is missing. What a signal
# ended, or what was lost with its node, is tried again three times; what failed with a status is not. No job waits for
# tasks to succeed, so none waits for ever.
set -uo pipefail
export LC_ALL=C
unset CDPATH
if [ "${1:-}" = --advance ] || [ "${1:-}" = --task ]; then # Slurm runs a copy
	dir=$2
else
	dir=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P) || exit 1
fi
. "$dir/folder.sh" || exit 1
mkdir -p -- "$dir/slurm" || exit 1
lock=$dir/slurm/submitted
name=ghirbal-$(basename -- "$dir")

say() { printf 'submit: %s\n' "$1" >&2; }

# sbatch, patiently: a controller may be starting.
send() {
	local i
	for i in 1 2 3 4 5; do
		sbatch --parsable --chdir="$dir" "${options[@]}" "$@" 2>"$dir/slurm/said" && return
		sleep 5
	done
	cat -- "$dir/slurm/said" >&2
	return 1
}

# Whether one of the jobs noted waits or runs.
is_alive() {
	local id
	for id in $(cat -- "$lock/jobs" 2>/dev/null); do
		[ -z "$(squeue -h -j "$id" -o %i 2>/dev/null)" ] || return 0
	done
	return 1
}

finish() { # says how it ended, and lets others submit
	printf '%s\n' "$1" >"$dir/slurm/finished"
	say "$1"
	rm -rf -- "$lock"
}

cancel() {
	local id
	for id in $(tac -- "$lock/jobs" 2>/dev/null); do scancel "$id"; done # who would submit more goes first
	finish 'cancelled'
}

# Tasks of the phase that failed by themselves: trying again would not help.
failed_for_good() {
	local task why
	for task; do
		why=$(cat "$dir/done/$phase/.failed.$task" 2>/dev/null)
		case $why in '' | signal | 1[2-9][0-9]) ;; *) echo "$task" ;; esac
	done
}

# Array jobs for the tasks given, as large as this cluster takes them.
send_tasks() {
	local most list ids=() id count=0
	most=$(scontrol show config 2>/dev/null | sed -n 's/^MaxArraySize *= *//p')
	most=$((${most:-1001} - 1))
	((most >= 1 && most <= 1000)) || most=1000
	while (($#)); do
		list=$dir/slurm/$phase.$round.$((++count))
		printf '%s\n' "${@:1:most}" >"$list"
		id=$(send --job-name="$name-$phase" --array=1-$(($# < most ? $# : most)) --no-requeue --output=/dev/null \
			--ntasks=1 "$dir/submit" --task "$dir" "$phase" "$list") || return
		ids+=("${id%%;*}")
		echo "${id%%;*}" >>"$lock/jobs"
		shift $(($# < most ? $# : most))
	done
	id=$(send --job-name="$name-next" --dependency="afterany:$(IFS=:; echo "${ids[*]}")" --kill-on-invalid-dep=yes \
		--no-requeue --output="$dir/slurm/log" --open-mode=append --time=30 --ntasks=1 --mem=200M \
		"$dir/submit" --advance "$dir") || return
	echo "${id%%;*}" >>"$lock/jobs"
}

# What comes next, by the files that are there.
advance() {
	local lacks hopeless missing
	mapfile -d '' -t options <"$dir/slurm/options"
	for phase in "${phases[@]}"; do
		missing=$("$dir/run-part" --missing "$phase") || {
			finish "failed: nobody can tell what is missing of $phase"
			return 1
		}
		lacks=($missing)
		((${#lacks[@]})) || continue
		hopeless=($(failed_for_good "${lacks[@]}"))
		if ((${#hopeless[@]})); then
			finish "failed: $phase, ${#hopeless[@]} tasks, the first is ${hopeless[0]}: $(tail -n 1 -- "$dir/log/$phase/${hopeless[0]}")"
			return 1
		fi
		round=$(($(cat "$lock/rounds.$phase" 2>/dev/null || echo 0) + 1))
		if ((round > 4)); then
			finish "failed: $phase, ${#lacks[@]} tasks were lost or ended by signals, four times; the first is ${lacks[0]}"
			return 1
		fi
		echo "$round" >"$lock/rounds.$phase"
		send_tasks "${lacks[@]}" && return
		finish "failed: sbatch refused $phase: $(tail -n 1 -- "$dir/slurm/said")"
		return 1
	done
	finish "done"
}

submit() {
	local phase
	command -v sbatch >/dev/null || { say 'there is no sbatch here: run me where jobs are submitted'; exit 1; }
	if ! mkdir -- "$lock" 2>/dev/null; then
		if is_alive || { ! [ -e "$lock/jobs" ] && [ -z "$(find "$lock" -maxdepth 0 -mmin +10)" ]; }; then
			say "it is submitted already: jobs $(tr '\n' ' ' <"$lock/jobs" 2>/dev/null)wait or run; submit --cancel ends them"
			exit 1
		fi
		# Whoever moves it away goes on; another who tries the same finds none.
		mv -T -- "$lock" "$dir/slurm/stale.$$" 2>/dev/null && mkdir -- "$lock" || { say 'another submission was quicker'; exit 1; }
		rm -rf -- "$dir/slurm/stale.$$"
	fi
	rm -f -- "$dir/slurm/finished" "$dir"/done/*/.failed.*
	: >"$lock/jobs"
	printf '%s\0' --time=4:00:00 --mem=4G "$@" >"$dir/slurm/options"
	advance
}

# One task of an array; records that were rejected are no failure of it.
task() {
	local phase=$3 code
	"$2/run-part" "$phase" "$(sed -n "${SLURM_ARRAY_TASK_ID}p" "$4")"
	code=$?
	((code != 3)) || code=0
	exit "$code"
}

case ${1:-} in
--advance) advance ;;
--task) task "$@" ;;
--cancel) cancel ;;
*) submit "$@" ;;
esac
