using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using PromptPlatform.TestKit;

namespace PromptPlatform.Faults.Tests;

/// <summary>kill -9 of the whole process while versions of the model change places: afterwards one version is in production, it is whole, and it serves.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class ModelSwapKillTests
{
    private const int Rounds = 3;

    private static readonly string[] s_files = ["model.onnx", "tokenizer.bin", "model.json", "checks.json"];

    private readonly List<string> _versions = [];
    private string _data = "";
    private string _acknowledged = "";
    private string _asked = "";

    [SetUp]
    public async Task MakeFolderAsync()
    {
        // Skips, or fails on CI, where there is no server.
        await PostgresServer.AdminAsync().WithinAsync(120);
        _data = Directory.CreateTempSubdirectory("promptplatform-swap-").FullName;
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_data, recursive: true);

    [Test]
    public async Task Kill_DuringSwaps_LeavesOneVersionInProductionThatServes()
    {
        var dice = new Random(20261121);
        var swaps = 0;
        for (int round = 0; round < Rounds; round++)
        {
            using var platform = await StandaloneProcess.StartAsync(_data);
            if (round == 0)
                await RegisterSecondAsync(platform.Http).WithinAsync(60);
            else
                await ExpectProductionServesAsync(platform.Http).WithinAsync(60);
            var swapping = SwapAsync(platform.Http);
            await Task.Delay(dice.Next(800, 2500));
            await platform.KillAsync();
            swaps += await swapping.WithinAsync(60);
        }
        using var last = await StandaloneProcess.StartAsync(_data);
        TestContext.Out.WriteLine($"{Rounds} kills, {swaps} acknowledged promotions");

        await ExpectProductionServesAsync(last.Http).WithinAsync(60);
        Assert.That(swaps, Is.GreaterThan(Rounds));
    }

    // The shipped model with a description of its own: another version that answers the same.
    private async Task RegisterSecondAsync(HttpClient http)
    {
        string shipped = Path.Combine(AppContext.BaseDirectory, "Model");
        string incoming = Directory.CreateDirectory(Path.Combine(_data, "models", "incoming", "second")).FullName;
        foreach (string file in s_files)
            File.Copy(Path.Combine(shipped, file), Path.Combine(incoming, file));
        await File.AppendAllTextAsync(Path.Combine(incoming, "model.onnx"), "\x32\x06second");
        byte[] content = [.. await File.ReadAllBytesAsync(Path.Combine(incoming, "model.onnx")), .. await File.ReadAllBytesAsync(Path.Combine(incoming, "tokenizer.bin"))];
        string card = Path.Combine(incoming, "model.json");
        var json = JsonNode.Parse(await File.ReadAllTextAsync(card))!;
        _versions.Add(json["version"]!.GetValue<string>());
        _versions.Add(Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
        json["version"] = _versions[1];
        await File.WriteAllTextAsync(card, json.ToJsonString());

        using var answer = await http.PostAsJsonAsync("/v1/models", new { folder = "second" });
        Assert.That(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    // Promotes one after the other until the process is gone; answers how often it said so.
    private async Task<int> SwapAsync(HttpClient http)
    {
        for (int swaps = 0; ; swaps++)
        {
            _asked = _versions.First(v => v != _acknowledged && (_acknowledged.Length > 0 || v == _versions[1]));
            try
            {
                using var answer = await http.PostAsJsonAsync($"/v1/models/{_asked}:promote", new { reason = "kill" });
                Assert.That(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
                _acknowledged = _asked;
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                return swaps;
            }
        }
    }

    private async Task ExpectProductionServesAsync(HttpClient http)
    {
        var models = (await http.GetFromJsonAsync<JsonElement>("/v1/models")).GetProperty("data").EnumerateArray().ToArray();
        string[] serving = [.. models.Where(m => m.GetProperty("stage").GetString() == "production").Select(m => m.GetProperty("version").GetString()!)];
        Assert.That(serving, Has.Length.EqualTo(1));
        Assert.That(serving[0], Is.EqualTo(_acknowledged).Or.EqualTo(_asked));
        _acknowledged = serving[0];
        using var answer = await http.PostAsJsonAsync("/v1/analyze", new { prompt = "Write a function that adds two numbers." });
        Assert.That((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("modelVersion").GetString(), Is.EqualTo(serving[0]));
    }
}
