using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using PromptPlatform.Contracts.Analytics.V1;
using PromptPlatform.Enhancement.Experiments;

namespace PromptPlatform.Enhancement.Tests.Experiments;

/// <summary>Chi-square limits are those of probability 0.0001; hashes do not change, so what passes once passes always.</summary>
public sealed class AssignmentTests
{
    private const int Users = 100_000;

    [Test]
    public void Hash_IsTheDocumentedOne()
    {
        byte[] whole = SHA256.HashData(Encoding.UTF8.GetBytes("experiment exp_1\nkey_ä"));

        Assert.That(UnitHash.Of("experiment exp_1", "key_ä"), Is.EqualTo(BinaryPrimitives.ReadUInt64BigEndian(whole)));
        // printf 'a\nb' | sha256sum
        Assert.That(UnitHash.Of("a", "b"), Is.EqualTo(0x7e18f737311b2dc3));
        Assert.That((UnitHash.Slot(0, 10_000), UnitHash.Slot(ulong.MaxValue, 10_000), UnitHash.Slot(1UL << 63, 10_000)), Is.EqualTo((0, 9_999, 5_000)));
        Assert.That((UnitHash.Fraction(0), UnitHash.Fraction(1UL << 63)), Is.EqualTo((0, 0.5)));
        Assert.That(UnitHash.Fraction(ulong.MaxValue), Is.LessThan(1));
    }

    [Test]
    public void Arms_GetTheirWeights()
    {
        double[] weights = [0.5, 0.3, 0.15, 0.05];
        var snapshot = new ExperimentSnapshot("1", [Running.Experiment(weights: weights)]);

        var counts = Count(snapshot, Users);

        double chi = weights.Select((w, i) => Square(counts[i == 0 ? "exp_1 control" : $"exp_1 b{i}"], w * Users)).Sum();
        Assert.That(chi, Is.LessThan(21.1), "3 degrees of freedom");
    }

    [Test]
    public void Slots_AreEvenlyFilled()
    {
        int[] counts = new int[100];
        for (int user = 0; user < Users; user++)
            counts[LiveExperiment.SlotOf(Running.Org, "default", $"user-{user}") / 100]++;

        Assert.That(counts.Sum(c => Square(c, Users / 100.0)), Is.LessThan(161), "99 degrees of freedom");
    }

    [Test]
    public void Unit_AlwaysFallsIntoTheSameArm()
    {
        var first = new ExperimentSnapshot("1", [Running.Experiment()]);
        var second = new ExperimentSnapshot("2", [Running.Experiment("exp_0", layer: "another"), Running.Experiment()]);

        for (int user = 0; user < 1_000; user++)
            Assert.That(second.Assign(Running.User($"user-{user}"), Running.Facts)[^1].Arm, Is.EqualTo(first.Assign(Running.User($"user-{user}"), Running.Facts).Single().Arm));
    }

    [Test]
    public void Share_ThatGrows_AddsUnitsAndMovesNone()
    {
        ExperimentSnapshot[] steps = [.. new[] { 100, 1_000, 5_000, 10_000 }.Select(slots => new ExperimentSnapshot($"{slots}", [Running.Experiment(slots: slots)]))];
        int[] inside = new int[steps.Length];

        for (int user = 0; user < 20_000; user++)
        {
            var arms = steps.Select(s => s.ArmOf($"user-{user}")).ToList();
            Assert.That(arms.SkipWhile(a => a is null).Distinct().Count(), Is.EqualTo(1), $"user-{user}: {string.Join(", ", arms)}");
            for (int i = 0; i < steps.Length; i++)
                inside[i] += arms[i] is null ? 0 : 1;
        }

        Assert.That(inside[0], Is.InRange(140, 260));
        Assert.That(inside[1], Is.InRange(1_830, 2_170));
        Assert.That(inside[2], Is.InRange(9_700, 10_300));
        Assert.That(inside[3], Is.EqualTo(20_000));
    }

    [Test]
    public void Experiments_OfOneLayer_ExcludeEachOther()
    {
        var snapshot = new ExperimentSnapshot("1", [Running.Experiment("exp_1", slots: 3_000), Running.Experiment("exp_2", slots: 8_000, from: 3_000)]);

        var assigned = Enumerable.Range(0, 20_000).Select(u => snapshot.Assign(Running.User($"user-{u}"), Running.Facts)).ToList();

        Assert.That(assigned.Max(a => a.Count), Is.EqualTo(1));
        Assert.That(assigned.Count(a => a is [{ ExperimentId: "exp_1" }]), Is.InRange(5_700, 6_300));
        Assert.That(assigned.Count(a => a is [{ ExperimentId: "exp_2" }]), Is.InRange(9_700, 10_300));
    }

    [Test]
    public void Experiments_OfDifferentLayers_AreIndependent()
    {
        var snapshot = new ExperimentSnapshot("1", [Running.Experiment("exp_1", slots: 5_000, layer: "one"), Running.Experiment("exp_2", slots: 5_000, layer: "two")]);
        // Rows: out, control, b1 of the first; columns: the same of the second.
        double[,] table = new double[3, 3];
        for (int user = 0; user < Users; user++)
        {
            var arms = snapshot.Assign(Running.User($"user-{user}"), Running.Facts).ToDictionary(a => a.ExperimentId, a => a.Arm == "control" ? 1 : 2);
            table[arms.GetValueOrDefault("exp_1"), arms.GetValueOrDefault("exp_2")]++;
        }

        double[] expected = [0.5, 0.25, 0.25];
        double chi = (from row in Enumerable.Range(0, 3) from column in Enumerable.Range(0, 3) select Square(table[row, column], expected[row] * expected[column] * Users)).Sum();
        Assert.That(chi, Is.LessThan(31.8), "8 degrees of freedom");
    }

    [Test]
    public void Organisations_DoNotShareChanceNorExperiments()
    {
        var other = new RunningExperiment(Running.Experiment()) { OrganizationId = Guid.NewGuid().ToString("N") };
        var snapshot = new ExperimentSnapshot("1", [other]);

        Assert.That(snapshot.Assign(Running.User("user-1"), Running.Facts), Is.Empty);
        Assert.That(
            Enumerable.Range(0, 100).Select(u => LiveExperiment.SlotOf(Running.Org, "default", $"u{u}")),
            Is.Not.EqualTo(Enumerable.Range(0, 100).Select(u => LiveExperiment.SlotOf(Guid.Empty, "default", $"u{u}"))));
    }

    [Test]
    public void Eligibility_LetsOnlyWhatItNamesIn()
    {
        var experiment = Running.Experiment();
        experiment.Eligibility = new() { Intents = { "translation", "explanation" }, Languages = { "en" } };
        var snapshot = new ExperimentSnapshot("1", [experiment]);

        Assert.That(snapshot.ArmOf("user-1"), Is.Not.Null);
        Assert.That(snapshot.ArmOf("user-1", Running.Facts with { Intent = "brainstorming" }), Is.Null);
        Assert.That(snapshot.ArmOf("user-1", Running.Facts with { Language = "de" }), Is.Null);
    }

    [Test]
    public void Arm_ThatWasStopped_TakesNobodyAndGivesItsUnitsToNoOther()
    {
        var before = new ExperimentSnapshot("1", [Running.Experiment()]);
        var stopped = Running.Experiment();
        stopped.StoppedArms.Add("b1");
        var after = new ExperimentSnapshot("2", [stopped]);

        for (int user = 0; user < 1_000; user++)
            Assert.That(after.ArmOf($"user-{user}"), Is.EqualTo(before.ArmOf($"user-{user}") is "exp_1 control" ? "exp_1 control" : null));
    }

    [Test]
    public void Unit_MayBeTheKey()
    {
        var experiment = Running.Experiment();
        experiment.Unit = "key";
        var snapshot = new ExperimentSnapshot("1", [experiment]);

        // Everybody has the same key here.
        Assert.That(Enumerable.Range(0, 50).Select(u => snapshot.ArmOf($"user-{u}")).Distinct().Count(), Is.EqualTo(1));
        Assert.That(snapshot.Assign(Running.User("user-1") with { KeyId = "" }, Running.Facts), Is.Empty);
    }

    [Test]
    public void Unit_MayBeTheEndUserThatTheRequestNames()
    {
        var experiment = Running.Experiment();
        experiment.Unit = "end_user";
        var snapshot = new ExperimentSnapshot("1", [experiment]);

        var arms = Enumerable.Range(0, 50).Select(u => snapshot.ArmOf("the-only-key", Running.Facts with { EndUser = $"user-{u}" })).ToList();

        Assert.That(arms.Distinct(), Is.EquivalentTo(new[] { "exp_1 control", "exp_1 b1" }));
        Assert.That(Enumerable.Range(0, 50).Select(u => snapshot.ArmOf("another-key", Running.Facts with { EndUser = $"user-{u}" })), Is.EqualTo(arms));
        Assert.That(snapshot.ArmOf("the-only-key"), Is.Null);
    }

    private static Dictionary<string, int> Count(ExperimentSnapshot snapshot, int users) =>
        Enumerable.Range(0, users).Select(u => snapshot.ArmOf($"user-{u}")!).GroupBy(a => a).ToDictionary(g => g.Key, g => g.Count());

    private static double Square(double seen, double expected) => (seen - expected) * (seen - expected) / expected;
}
