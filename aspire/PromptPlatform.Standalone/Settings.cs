using System.Globalization;
using PromptPlatform.LocalServers;
using PromptPlatform.ServiceDefaults.Settings;

namespace PromptPlatform.Standalone;

/// <summary>What the environment says about this run.</summary>
/// <param name="Port">Public REST port; gRPC is one above, management ten above. From <c>PORT</c>, 1 to 65000, default 8080.</param>
/// <param name="DataFolder">Everything that outlives the run. From <c>PROMPTPLATFORM_DATA</c>, default <c>.data</c> in the checkout.</param>
/// <param name="Configuration">Environment and command line, among them <c>ConnectionStrings__*</c>.</param>
internal sealed record Settings(int Port, string DataFolder, IConfiguration Configuration)
{
    private const int HighestPort = 65000;

    public int GrpcPort => Port + 1;

    public int ManagementPort => Port + 10;

    public string Url => $"http://localhost:{Port}";

    public string GrpcUrl => $"http://localhost:{GrpcPort}";

    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static Settings Read(string[] args)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        var port = configuration["PORT"] is { Length: > 0 } given ? ReadPort(given) : 8080;
        var data = configuration["PROMPTPLATFORM_DATA"] is { Length: > 0 } folder ? folder : Path.Combine(RepositoryFolder.Find() ?? ".", ".data");
        return new Settings(port, Path.GetFullPath(data), configuration);
    }

    private static int ReadPort(string given) =>
        int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= HighestPort
            ? port
            : throw new SettingsException("PORT", $"is '{given}': give a number from 1 to {HighestPort}");
}
