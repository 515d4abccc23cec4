using PromptPlatform.Faults.Tests.Ledgers;
using PromptPlatform.Faults.Tests.Replicas;

namespace PromptPlatform.Faults.Tests;

/// <summary>This assembly as a program: the processes that the tests start and kill.</summary>
internal static class Program
{
    private static Task Main(string[] args) => args switch
    {
        [ReplicaProgram.Name, var port] => ReplicaProgram.RunAsync(port),
        [LedgerProgram.Producer or LedgerProgram.Consumer, .. var settings] => LedgerProgram.RunAsync(args[0], settings),
        _ => throw new ArgumentException("the first argument names no program of this assembly"),
    };
}
