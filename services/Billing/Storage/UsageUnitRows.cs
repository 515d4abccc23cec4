using System.Globalization;
using PromptPlatform.Billing.Usage;
using PromptPlatform.Contracts.Billing.V1;
using PromptPlatform.ServiceDefaults.Storage;

namespace PromptPlatform.Billing.Storage;

/// <summary>Rows of table usage_units.</summary>
internal static class UsageUnitRows
{
    /// <summary>Adds units to a day.</summary>
    public static async Task AddAsync(TenantTransaction transaction, DateOnly day, int units, CancellationToken cancellation)
    {
        await using var command = transaction.Command(
            "INSERT INTO usage_units AS u (org_id, day, units) VALUES ($1, $2, $3) ON CONFLICT (org_id, day) DO UPDATE SET units = u.units + excluded.units",
            transaction.OrgId, day, units);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The days of a month that have units, in order.</summary>
    public static async Task<IReadOnlyList<UnitsOfDay>> ListAsync(TenantTransaction transaction, BillingMonth month, CancellationToken cancellation)
    {
        var days = new List<UnitsOfDay>();
        await using var command = transaction.Command(
            "SELECT day, units FROM usage_units WHERE org_id = $1 AND day >= $2 AND day < $3 AND units > 0 ORDER BY day", transaction.OrgId, month.First, month.End);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            days.Add(new UnitsOfDay { Day = reader.GetFieldValue<DateOnly>(0).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Units = reader.GetInt32(1) });
        return days;
    }
}
