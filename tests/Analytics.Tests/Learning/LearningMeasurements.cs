using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PromptPlatform.Analytics.Learning;
using PromptPlatform.ServiceDefaults.Storage;
using PromptPlatform.TestKit;

namespace PromptPlatform.Analytics.Tests.Learning;

/// <summary>Measures and asserts nothing about time; run it by name: <c>dotnet test tests/Analytics.Tests --filter FullyQualifiedName~LearningMeasurements</c>.</summary>
[Explicit("takes minutes")]
public sealed class LearningMeasurements
{
    private const double Patience = 600;

    [TestCase(100, 10_000)]
    public async Task Beliefs_OfManyFacts(int organizations, int facts)
    {
        var services = AnalyticsFixture.Analytics.Services;
        var database = services.GetRequiredService<TenantDatabase>();
        var orgs = Enumerable.Range(0, organizations).Select(_ => Guid.NewGuid()).ToList();
        foreach (var org in orgs)
            await FillAsync(database, org, facts);

        await TimeAsync($"sum over {organizations * facts} judged enhancements of {organizations} organisations", () => services.GetRequiredService<LearnFromAll>().RunAsync(CancellationToken.None));
        await TimeAsync($"beliefs of one with {facts}", () => services.GetRequiredService<OrganizationBeliefs>().ListAsync(orgs[0], CancellationToken.None));
        Assert.That((await services.GetRequiredService<OrganizationBeliefs>().ListAsync(orgs[0], CancellationToken.None)).Count(e => e.Common is not null), Is.GreaterThan(80));
    }

    private static async Task FillAsync(TenantDatabase database, Guid org, int facts)
    {
        await using var transaction = await database.BeginAsync(org, CancellationToken.None);
        await using var command = transaction.Command(
            """
            INSERT INTO enhancement_facts (org_id, enhancement_id, at, intent, target_family, techniques, rating)
            SELECT $1, gen_random_uuid(), timestamptz '2026-03-01 00:00Z' + i * interval '1 second', (ARRAY['explanation','translation','summarization','code_generation'])[1 + i % 4],
                (ARRAY['gpt','claude','gemini'])[1 + i % 3], (ARRAY['few-shot','step-back','success-criteria','length-budget','outline-first','spotlighting','self-ask','analogical'])[1 + i % 5 : 3 + i % 5], CASE WHEN i % 10 < 6 THEN 1 ELSE -1 END
            FROM generate_series(1, $2) AS g (i)
            """,
            org, facts);
        await command.ExecuteNonQueryAsync().WithinAsync(Patience);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static async Task TimeAsync(string what, Func<Task> work)
    {
        for (int run = 0; run < 3; run++)
        {
            var watch = Stopwatch.StartNew();
            await work().WithinAsync(Patience);
            TestContext.Progress.WriteLine($"{what}: {watch.ElapsedMilliseconds} ms");
        }
    }
}
