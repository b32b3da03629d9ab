#!/usr/bin/env bash
# A sweep on a Slurm cluster: one array task a part, then one job that joins the parts.
#
#   sbatch --array=1-8 templates/slurm-sweep.sh plan.yaml /shared/sweeps/my-sweep
#
# A task that is killed or requeued goes on where it was: the folder of its part is on the shared
# disk. Tasks that failed may be given again on their own, with the number of all parts behind:
#
#   sbatch --array=3,5 templates/slurm-sweep.sh plan.yaml /shared/sweeps/my-sweep 8
#
# Join the parts when the array is done:
#
#   sbatch --dependency=afterok:JOB --wrap "hivelab merge /shared/sweeps/my-sweep/part-* --out /shared/sweeps/my-sweep/whole"
#
#SBATCH --job-name=hivelab
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=4
#SBATCH --mem-per-cpu=2G
#SBATCH --time=24:00:00
#SBATCH --requeue
#SBATCH --signal=B:TERM@60
set -euo pipefail

plan=${1:?the plan and a shared folder: slurm-sweep.sh plan.yaml /shared/sweeps/my-sweep}
out=${2:?the plan and a shared folder: slurm-sweep.sh plan.yaml /shared/sweeps/my-sweep}
part=${SLURM_ARRAY_TASK_ID:?start this with sbatch --array=1-N}
parts=${3:-${SLURM_ARRAY_TASK_COUNT:?start this with sbatch --array=1-N}}

mkdir -p "$out"
# exec: the warning before the time limit reaches hivelab itself, which stops cleanly.
exec hivelab sweep "$plan" \
  --shard "$part/$parts" \
  --out "$out/part-$part" \
  --workers "${SLURM_CPUS_PER_TASK:-1}"
