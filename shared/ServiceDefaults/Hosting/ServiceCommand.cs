namespace PromptPlatform.ServiceDefaults.Hosting;

/// <summary>A command of a service's program besides <c>migrate</c>: runs on the built, not started service, and ends.</summary>
/// <param name="Name">The first argument, e.g. <c>create-operator</c>.</param>
/// <param name="RunAsync">What it does.</param>
public sealed record ServiceCommand(string Name, Func<IServiceProvider, Task> RunAsync);
