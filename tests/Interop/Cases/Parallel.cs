[assembly: Parallelizable(ParallelScope.Fixtures)]
// Most cases wait for the other process.
[assembly: LevelOfParallelism(4)]
