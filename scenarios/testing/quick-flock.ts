/** For tests: overrides that make a FLock scenario small. */
export const quickSets: string[] = [
  "flock.nodes.count=8",
  "flock.validators.count=8",
  "flock.delegators.count=30",
  "flock.arrival_days=10",
];
