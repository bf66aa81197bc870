#!/usr/bin/env bash
# One run on a Slurm cluster: a scheduler and the run on the first node, a worker on every core that was given.
#   sbatch --ntasks=16 --cpus-per-task=1 --mem-per-cpu=2500M deploy/slurm.sh
# The project and its environment must lie on a file system that all nodes see.
#SBATCH --job-name=parley
#SBATCH --time=12:00:00
set -euo pipefail
bin=${PARLEY_BIN:-.venv/bin}
scheduler=$(mktemp -p "${PARLEY_SHARED:-$PWD}" scheduler.XXXXXX.json)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -f "$scheduler"' EXIT

"$bin/dask" scheduler --host "$(hostname -i | cut -d' ' -f1)" --port 0 --no-dashboard --scheduler-file "$scheduler" &
until [ -s "$scheduler" ]; do sleep 0.2; done
export DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED=False # it would look a hundred times a second at a thread that waits
srun "$bin/dask" worker --scheduler-file "$scheduler" --nthreads 1 --no-dashboard --memory-limit 0 &

PARLEY_CLUSTER=$("$bin/python" -c 'import json, sys; print(json.load(open(sys.argv[1]))["address"])' "$scheduler")
export PARLEY_CLUSTER
"$bin/python" -m assets.run
