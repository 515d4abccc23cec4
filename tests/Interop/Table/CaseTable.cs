using System.Globalization;
using System.Reflection;
using PromptPlatform.Interop.Tests.Cases;

namespace PromptPlatform.Interop.Tests.Table;

/// <summary>The cases by meeting, as the table of the README.</summary>
internal static class CaseTable
{
    private static readonly string[] Columns = [.. Meeting.All.Select(NameOf)];

    public static IReadOnlyList<string> Lines()
    {
        (string Area, string Case, int[] Counts)[] rows = [.. Fixtures().SelectMany(Rows)];
        return
        [
            Line(["area", "case", .. Columns]),
            Line(["---", "---", .. Columns.Select(_ => "---:")]),
            .. rows.Select(row => Line([row.Area, row.Case, .. row.Counts.Select(Number)])),
            Line(["", "**sum**", .. Columns.Select((_, column) => $"**{Number(rows.Sum(row => row.Counts[column]))}**")]),
        ];
    }

    private static IEnumerable<Type> Fixtures() =>
        typeof(MeetingFixture).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(MeetingFixture)))
            .OrderBy(type => type.Name, StringComparer.Ordinal);

    private static IEnumerable<(string Area, string Case, int[] Counts)> Rows(Type fixture)
    {
        string[] meetings = [.. MeetingsOf(fixture).Select(NameOf)];
        return fixture.GetMethods()
            .Where(method => method.DeclaringType == fixture && CasesOf(method) > 0)
            .OrderBy(method => method.MetadataToken)
            .Select(method => (AreaOf(fixture), method.Name, Columns.Select(column => meetings.Contains(column) ? CasesOf(method) : 0).ToArray()));
    }

    private static IEnumerable<TestFixtureData> MeetingsOf(Type fixture)
    {
        TestFixtureSourceAttribute source = fixture.GetCustomAttribute<TestFixtureSourceAttribute>()!;
        return (IEnumerable<TestFixtureData>)ValueOf(source.SourceType!, source.SourceName!);
    }

    private static int CasesOf(MethodInfo method)
    {
        if (method.GetCustomAttribute<TestCaseSourceAttribute>() is { } source)
        {
            return ((Array)ValueOf(method.DeclaringType!, source.SourceName!)).Length;
        }

        int cases = method.GetCustomAttributes<TestCaseAttribute>().Count();
        return cases > 0 ? cases : method.GetCustomAttributes<TestAttribute>().Count();
    }

    private static object ValueOf(Type type, string name)
    {
        const BindingFlags statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        return type.GetProperty(name, statics)?.GetValue(null) ?? type.GetField(name, statics)!.GetValue(null)!;
    }

    private static string NameOf(TestFixtureData meeting) => ((Meeting)meeting.Arguments[0]!).ToString();

    private static string AreaOf(Type fixture) => fixture.Name[..^"Tests".Length];

    private static string Number(int count) => count == 0 ? "-" : count.ToString(CultureInfo.InvariantCulture);

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
