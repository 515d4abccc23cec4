using PromptPlatform.Events;

namespace PromptPlatform.Analytics.Tests.Facts;

/// <summary>An enhancement with its feedback, the newest last.</summary>
internal sealed record Fact(PromptEnhanced Made, IReadOnlyList<FeedbackSubmitted> Given)
{
    /// <summary>The newest.</summary>
    public FeedbackSubmitted? Feedback => Given is [.., var newest] ? newest : null;

    public bool? Succeeded => TellsSuccess(Feedback);

    /// <summary>When the first feedback told of success.</summary>
    public DateTimeOffset SuccessAt => Given.First(g => TellsSuccess(g) == true).At;

    /// <summary>Outcome, else rating, else stars.</summary>
    private static bool? TellsSuccess(FeedbackSubmitted? feedback) => feedback switch
    {
        null => null,
        { Outcome: "completed" } => true,
        { Outcome: "failed" } => false,
        { Rating: "up" } => true,
        { Rating: "down" } => false,
        { Stars: >= 4 } => true,
        { Stars: <= 2 } => false,
        _ => null,
    };

    /// <summary>3 severe, 2 major, 1 minor, 0 none.</summary>
    public int Severity => Feedback switch
    {
        null => 0,
        { Outcome: "failed" } => 3,
        { Rating: "down" } or { Stars: <= 2 } => 2,
        { Corrected: true } => 1,
        _ => 0,
    };
}

/// <summary>Random enhancements and feedback, delivered twice and in random order.</summary>
internal sealed class FactWorld
{
    public static readonly DateTimeOffset First = new(2026, 2, 20, 0, 30, 0, TimeSpan.Zero);

    private FactWorld(Guid org, IReadOnlyList<Fact> facts)
    {
        Org = org;
        Facts = facts;
    }

    public Guid Org { get; }

    public IReadOnlyList<Fact> Facts { get; }

    public static async Task<FactWorld> SendAsync(AnalyticsApplication analytics, Random dice, int count = 60)
    {
        var world = new FactWorld(Guid.NewGuid(), []);
        var facts = new List<Fact>();
        var events = new List<IPlatformEvent>();
        for (int i = 0; i < count; i++)
        {
            var made = Made(world.Org, dice);
            var given = Enumerable.Range(0, dice.Next(4)).Select(n => Given(made, dice, n)).ToList();
            facts.Add(new Fact(made, given));
            events.AddRange([made, .. given]);
        }
        foreach (var happened in events.Concat(events).OrderBy(_ => dice.Next()).Chunk(8))
            await Task.WhenAll(happened.Select(analytics.DeliverAsync));
        return new FactWorld(world.Org, facts);
    }

    private static PromptEnhanced Made(Guid org, Random dice) => Happened.Enhanced(org, First.AddMinutes(dice.Next(18 * 24 * 60)).ToString("O"), dice.Next(4) == 0, dice.Next(50)) with
    {
        Intent = One(dice, "translation", "brainstorming"),
        Domain = One(dice, "general", "legal", "software"),
        Language = One(dice, "en", "de", "ja"),
        TargetFamily = One(dice, "gpt", "claude"),
        Techniques = new[] { "few-shot", "role", "xml" }.Where(_ => dice.Next(2) == 0).ToArray(),
        TokensBefore = dice.Next(100),
        TokensAfter = dice.Next(300),
        Actor = One(dice, "key_1", "key_2", "key_3", ""),
        Words = dice.Next(3) == 0 ? null : dice.Next(600),
        Changed = dice.Next(2) == 0,
        CostUsd = dice.Next(2) == 0 ? null : dice.Next(10_000) / 1_000_000m,
    };

    private static FeedbackSubmitted Given(PromptEnhanced made, Random dice, int n) =>
        Happened.Feedback(made.OrgId, made.EnhancementId, made.At.AddMinutes(1 + n * 60 + dice.Next(50)).ToString("O"), One(dice, "up", "down", "")) with
        {
            Stars = dice.Next(2) == 0 ? null : dice.Next(1, 6),
            Outcome = One(dice, "completed", "failed", ""),
            Corrected = dice.Next(3) == 0,
        };

    private static string One(Random dice, params string[] choices) => choices[dice.Next(choices.Length)];
}
