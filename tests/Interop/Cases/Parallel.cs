// The cases share nothing but servers, and most of them wait.
[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(12)]
