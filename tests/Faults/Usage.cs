using System.Net.Http.Json;
using System.Text.Json;

namespace PromptPlatform.Faults.Tests;

/// <summary>Billing's meter: it follows the history through the outbox and must end at exactly the same count.</summary>
internal static class Usage
{
    public static async Task WaitUntilMeteredAsync(HttpClient http, int enhancements)
    {
        int units = -1;
        for (int i = 0; i < 100; i++)
        {
            units = (await http.GetFromJsonAsync<JsonElement>("/v1/billing/usage")).GetProperty("units").GetInt32();
            if (units == enhancements)
                return;
            Assert.That(units, Is.LessThan(enhancements), "metered twice");
            await Task.Delay(250);
        }
        Assert.Fail($"{units} units metered of {enhancements}");
    }
}
