using System.Net;
using System.Net.Sockets;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json;
using PromptPlatform.TestKit;

namespace PromptPlatform.Standalone.Tests;

[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class StandaloneTests
{
    private string data = "";

    [SetUp]
    public async Task MakeFolder()
    {
        // Skips, or fails on CI, where there is no server.
        await PostgresServer.AdminAsync().WithinAsync(120);
        data = Directory.CreateTempSubdirectory("promptplatform-standalone-").FullName;
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(data, recursive: true);

    [Test]
    public async Task Restart_KeepsKeyAndHistory()
    {
        string key, id;
        using (var first = await StandaloneProcess.StartAsync(data))
        {
            key = first.ApiKey;
            id = await EnhanceAsync(first, "write a function that merges two sorted lists in python");
            Assert.That(await first.StopAsync(), Is.Zero);
        }

        using var second = await StandaloneProcess.StartAsync(data);
        using var found = await second.Http.GetAsync($"/v1/enhancements/{id}").WithinAsync(60);

        Assert.That(second.ApiKey, Is.EqualTo(key));
        Assert.That(found.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Kill_LosesNothingThatWasAcknowledged()
    {
        var ids = new List<string>();
        using (var first = await StandaloneProcess.StartAsync(data))
        {
            for (var round = 0; round < 5; round++)
            {
                ids.Add(await EnhanceAsync(first, $"summarise the report of week {round} for the board"));
            }

            await first.KillAsync();
        }

        using var second = await StandaloneProcess.StartAsync(data);
        var listed = await second.Http.GetFromJsonAsync<JsonElement>("/v1/enhancements?limit=100").WithinAsync(60);

        Assert.That(listed.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetString()), Is.EquivalentTo(ids));
    }

    [Test]
    public async Task Files_AreReadableByTheirOwnerAlone()
    {
        using var standalone = await StandaloneProcess.StartAsync(data);

        var files = Directory.GetFiles(Path.Combine(data, "secrets")).Append(Path.Combine(data, "standalone.json"));

        Assert.That(files.Select(File.GetUnixFileMode), Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(standalone.Installation.EnumerateObject().Select(property => property.Name), Is.EquivalentTo(new[] { "url", "grpcUrl", "apiKey" }));
    }

    [Test]
    public async Task SecondProcess_OnTheSameData_IsToldWhatToDo()
    {
        using var first = await StandaloneProcess.StartAsync(data);

        var (code, error, _) = await StandaloneProcess.RunAsync(data, "18080");

        Assert.That(code, Is.EqualTo(1));
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(error, Does.Contain("is in use by another PromptPlatform: stop it, or give another folder with PROMPTPLATFORM_DATA"));
    }

    [Test]
    public async Task Start_WhenAPortIsTaken_SaysSoInOneLineBeforeAnythingElse()
    {
        using var taker = TakerBesideAFreePort();
        int grpc = ((IPEndPoint)taker.LocalEndpoint).Port;

        var (code, error, output) = await StandaloneProcess.RunAsync(data, $"{grpc - 1}");

        Assert.That(code, Is.EqualTo(78));
        Assert.That(error.Trim(), Does.Match($"^settings: PORT={grpc - 1} .* cannot be had: .*127.0.0.1:{grpc}.*choose another port$"));
        Assert.That(output, Is.Empty);
    }

    [Test]
    public async Task Start_WhenTheDataFolderIsNone_SaysSoInOneLine()
    {
        string file = Path.Combine(data, "file");
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(file, "");

        var (code, error, output) = await StandaloneProcess.RunAsync(Path.Combine(file, "folder"), "18080");

        Assert.That(code, Is.EqualTo(78));
        Assert.That(error.Trim(), Does.Match("^settings: PROMPTPLATFORM_DATA is .*file/folder, which cannot hold data .*: give a folder that this user may write$"));
        Assert.That(output, Is.Empty);
    }

    [TestCase("http")]
    [TestCase("70000")]
    public async Task Start_WhenThePortIsNone_SaysSoInOneLine(string port)
    {
        var (code, error, _) = await StandaloneProcess.RunAsync(data, port);

        Assert.That(code, Is.EqualTo(78));
        Assert.That(error.Trim(), Does.Match("^settings: PORT .*give a number"));
    }

    private static async Task<string> EnhanceAsync(StandaloneProcess standalone, string prompt)
    {
        using var answer = await standalone.Http.PostAsJsonAsync("/v1/enhance", new { prompt }).WithinAsync(60);
        var body = await answer.Content.ReadAsStringAsync().WithinAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), body);
        return JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!;
    }

    // The port below is the one that standalone asks for first: another test must not sit on it.
    private static TcpListener TakerBesideAFreePort()
    {
        while (true)
        {
            var taker = new TcpListener(IPAddress.Loopback, 0);
            taker.Start();
            using var below = new TcpListener(IPAddress.Loopback, ((IPEndPoint)taker.LocalEndpoint).Port - 1);
            try
            {
                below.Start();
                return taker;
            }
            catch (SocketException)
            {
                taker.Dispose();
            }
        }
    }
}
