using Microsoft.Extensions.Options;
using Npgsql;
using PromptPlatform.Inference.Models;
using PromptPlatform.Inference.Storage;

namespace PromptPlatform.Inference.Registry;

/// <summary>
/// Keeps in memory what the registry says: the version in production serves, those in shadow and canary are loaded beside it. What is
/// not there, the database or a file, leaves the versions in memory serving.
/// </summary>
internal sealed class RegistryKeeper(
    RegistryDatabase database, RegisterShippedModel registration, ShippedModel shipped, ArtefactStore store, ModelSwitch change, ServedModels served,
    RegistryWatch watch, IOptions<InferenceOptions> options, TimeProvider clock, ILogger<RegistryKeeper> logger)
{
    // So long a start waits for the database before the shipped model serves.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, DateTimeOffset> leftAloneUntil = new(StringComparer.Ordinal);
    private bool isRegistered;
    private bool isAway;

    /// <summary>At the start: serves the version in production. False when it is the one that ships, or cannot be known or loaded now.</summary>
    public async Task<bool> ServeProductionAsync(CancellationToken cancellation)
    {
        if (!database.IsThere) return false;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(s_patience);
        try
        {
            var production = (await ReadAsync(patience.Token)).FirstOrDefault(model => model.Stage == ModelStage.Production);
            return production is not null && production.Version != shipped.Version() && await TryAsync(production, change.ServeAsync, cancellation);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            logger.RegistryAway(fault);
            isAway = true;
            return false;
        }
    }

    /// <summary>Looks again and again until the stop; returns at once where there is no registry.</summary>
    public async Task FollowAsync(CancellationToken stopping)
    {
        while (database.IsThere && !stopping.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stopping);
                if (isAway) logger.RegistryBack();
                isAway = false;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
            {
                // Once for each time that it goes away.
                if (!isAway) logger.RegistryAway(fault);
                isAway = true;
            }

            await watch.WaitAsync(options.Value.Registry.PollInterval, stopping);
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        if (!isRegistered) isRegistered = await TryRegisterAsync(cancellation);
        var staged = await ReadAsync(cancellation);
        foreach (var model in staged)
        {
            var isServing = model.Version == served.Current?.Version;
            if (model.Stage == ModelStage.Production && !isServing) await TryAsync(model, change.ServeAsync, cancellation);
            else if (model.Stage != ModelStage.Production && served.All.All(loaded => loaded.Version != model.Version)) await TryAsync(model, change.AddAsync, cancellation);
        }

        foreach (var loaded in served.All.Skip(1).Where(loaded => staged.All(model => model.Version != loaded.Version))) served.Remove(loaded);
    }

    private async Task<IReadOnlyList<RegisteredModel>> ReadAsync(CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(cancellation);
        return await ModelRows.ListInAsync(transaction, [ModelStage.Production, ModelStage.Canary, ModelStage.Shadow], 1 + options.Value.Registry.MaxBeside, cancellation);
    }

    private async Task<bool> TryRegisterAsync(CancellationToken cancellation)
    {
        if (IsLeftAlone("shipped")) return false;
        try
        {
            await registration.HandleAsync(cancellation);
            return true;
        }
        catch (Exception fault) when (fault is not (NpgsqlException or OperationCanceledException))
        {
            logger.ShippedNotRegistered(fault);
            LeaveAlone("shipped");
            return false;
        }
    }

    private async Task<bool> TryAsync(RegisteredModel model, Func<string?, Func<ModelFiles>, CancellationToken, Task> change, CancellationToken cancellation)
    {
        if (IsLeftAlone(model.Version)) return false;
        try
        {
            await change(model.Version, () => model.Version == shipped.Version() ? shipped.Files : store.Open(model), cancellation);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            logger.ModelNotSwitched(model.Version, model.Stage.NameOf(), served.Current?.Version ?? "none", options.Value.Registry.RetryAfter, fault);
            LeaveAlone(model.Version);
            return false;
        }
    }

    private bool IsLeftAlone(string what) => leftAloneUntil.TryGetValue(what, out var until) && clock.GetUtcNow() < until;

    private void LeaveAlone(string what) => leftAloneUntil[what] = clock.GetUtcNow() + options.Value.Registry.RetryAfter;
}
