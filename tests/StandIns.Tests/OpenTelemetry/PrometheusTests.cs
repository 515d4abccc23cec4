using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using PromptPlatform.StandIns.Tests.Support;

namespace PromptPlatform.StandIns.Tests.OpenTelemetry;

public sealed class PrometheusTests
{
    private const string OpenMetrics = "application/openmetrics-text";

    private Meter meter = null!;
    private WebApplication app = null!;
    private HttpClient http = null!;

    [SetUp]
    public async Task StartHost()
    {
        // Each test has a meter of its own: meters are seen by the whole process.
        meter = new Meter("Tests." + TestContext.CurrentContext.Test.ID);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.Clear().AddAttributes([new("service.name", "tests")]))
            .WithMetrics(metrics => metrics
                .AddMeter(meter.Name)
                .SetExemplarFilter(ExemplarFilterType.TraceBased)
                .AddPrometheusExporter(options => options.ScrapeResponseCacheDurationMilliseconds = 0));
        app = builder.Build();
        app.MapPrometheusScrapingEndpoint("/metrics");
        await app.StartAsync().InTime();
        http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    [TearDown]
    public async Task StopHost()
    {
        http.Dispose();
        meter.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task Counter_EndsWithTotalAndItsUnit()
    {
        meter.CreateCounter<long>("work.done", "By", "What was done.").Add(3, new KeyValuePair<string, object?>("kind.of", "a"));

        string text = await ScrapeAsync();

        Assert.That(text, Does.Contain("# TYPE work_done_bytes_total counter\n# HELP work_done_bytes_total What was done.\n"));
        Assert.That(text, Does.Contain($"work_done_bytes_total{{otel_scope_name=\"{meter.Name}\",kind_of=\"a\"}} 3\n"));
    }

    [Test]
    public async Task Counter_InOpenMetrics_HasAFamilyWithoutTotal()
    {
        meter.CreateCounter<double>("work.done", "s").Add(1.5);

        string text = await ScrapeAsync(OpenMetrics);

        Assert.That(text, Does.Contain("# TYPE work_done_seconds counter\n# UNIT work_done_seconds seconds\nwork_done_seconds_total{"));
        Assert.That(text, Does.EndWith("} 1.5\n# EOF\n"));
    }

    [Test]
    public async Task Histogram_HasCumulativeBucketsSumAndCount()
    {
        Histogram<double> histogram = meter.CreateHistogram<double>("wait", "ms", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 10] });
        foreach (double value in new[] { 0.5, 5, 100 })
        {
            histogram.Record(value);
        }

        string[] lines = [.. (await ScrapeAsync()).Split('\n').Where(line => line.StartsWith("wait", StringComparison.Ordinal)).Select(line => line.Replace($"otel_scope_name=\"{meter.Name}\"", "", StringComparison.Ordinal))];

        Assert.That(lines, Is.EqualTo(new[]
        {
            "wait_milliseconds_bucket{,le=\"1\"} 1",
            "wait_milliseconds_bucket{,le=\"10\"} 2",
            "wait_milliseconds_bucket{,le=\"+Inf\"} 3",
            "wait_milliseconds_sum{} 105.5",
            "wait_milliseconds_count{} 3",
        }));
    }

    [Test]
    public async Task Histogram_InOpenMetrics_CarriesExemplarsWithTheirTrace()
    {
        Histogram<double> histogram = meter.CreateHistogram<double>("wait", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 10] });
        using var activity = new Activity("traced").SetIdFormat(ActivityIdFormat.W3C);
        activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        activity.Start();
        histogram.Record(5);
        activity.Stop();

        string text = await ScrapeAsync(OpenMetrics);

        Assert.That(text, Does.Match($"le=\"10\\.0\"}} 1 # {{trace_id=\"{activity.TraceId}\",span_id=\"{activity.SpanId}\"}} 5 [0-9]+\\.[0-9]{{3}}\n"));
        Assert.That(await ScrapeAsync(), Does.Not.Contain("trace_id"));
    }

    [Test]
    public async Task LabelValues_AreEscaped()
    {
        meter.CreateUpDownCounter<int>("open").Add(1, new KeyValuePair<string, object?>("what", "a\"b\\c\nd"));

        Assert.That(await ScrapeAsync(), Does.Contain("what=\"a\\\"b\\\\c\\nd\"} 1\n"));
    }

    [Test]
    public async Task LabelKeys_ThatBecomeOneName_AreJoined()
    {
        meter.CreateObservableGauge("level", () => new Measurement<double>(double.PositiveInfinity, new("a.b", 1), new("a_b", 2)));

        string text = await ScrapeAsync();

        Assert.That(text, Does.Contain("# TYPE level gauge\n"));
        Assert.That(text, Does.Contain("a_b=\"1;2\"} +Inf\n"));
    }

    [Test]
    public async Task OneName_OfTwoMeters_IsOneFamily()
    {
        meter.CreateCounter<long>("same").Add(1, new KeyValuePair<string, object?>("from", "one"));
        meter.CreateCounter<long>("same", "", "other").Add(2, new KeyValuePair<string, object?>("from", "two"));

        string text = await ScrapeAsync();

        Assert.That(text.Split("# TYPE same_total").Length - 1, Is.EqualTo(1));
    }

    [Test]
    public async Task Target_TellsTheResource() =>
        Assert.That(await ScrapeAsync(), Does.Contain("# TYPE target_info gauge\n# HELP target_info Target metadata\ntarget_info{service_name=\"tests\"} 1\n"));

    [TestCase("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", "application/openmetrics-text; version=1.0.0; charset=utf-8")]
    [TestCase("text/plain, application/openmetrics-text;q=0.3", "text/plain; version=0.0.4; charset=utf-8")]
    [TestCase("application/openmetrics-text;version=2.0.0", "text/plain; version=0.0.4; charset=utf-8")]
    [TestCase("*/*", "text/plain; version=0.0.4; charset=utf-8")]
    public async Task Format_FollowsTheAcceptHeader(string accept, string contentType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using HttpResponseMessage response = await http.SendAsync(request).InTime();

        Assert.That(response.Content.Headers.GetValues("Content-Type").Single(), Is.EqualTo(contentType));
    }

    [Test]
    public async Task Map_WithoutAnExporter_SaysSo()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddOpenTelemetry().WithMetrics();
        await using WebApplication bare = builder.Build();

        Assert.That(() => bare.MapPrometheusScrapingEndpoint("/metrics"), Throws.InvalidOperationException.With.Message.Contains("AddPrometheusExporter"));
    }

    private async Task<string> ScrapeAsync(string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (accept is not null)
        {
            request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        }

        using HttpResponseMessage response = await http.SendAsync(request).InTime();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return await response.Content.ReadAsStringAsync().InTime();
    }
}
