using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>Where the native library may lie, in the order in which the places are tried.</summary>
internal static class LibraryFinder
{
    /// <summary>Environment variable that names a folder with the library; wins over every other place.</summary>
    public const string DirectoryVariable = "ORT_LIB_DIR";

    private const string NpmFolder = "node_modules/onnxruntime-node/bin/napi-v6";

    public static nint Load(out string path)
    {
        foreach (var candidate in Candidates(AppContext.BaseDirectory, Environment.GetEnvironmentVariable(DirectoryVariable)))
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
            {
                path = candidate;
                return handle;
            }
        }

        throw new DllNotFoundException(
            $"The native ONNX Runtime library ({FileNames[0]}) was found neither in ${DirectoryVariable}, nor beside the application, "
            + "nor in build/native/node_modules, nor on the system. Run `npm ci --ignore-scripts` in build/native "
            + $"(`make build` does it), or set {DirectoryVariable} to the folder that holds it.");
    }

    /// <summary>Full paths first, bare names (which the system's loader resolves) last.</summary>
    internal static IEnumerable<string> Candidates(string baseDirectory, string? configured)
    {
        if (!string.IsNullOrEmpty(configured))
        {
            foreach (var name in FileNames) yield return Path.Combine(configured, name);
        }

        foreach (var name in FileNames) yield return Path.Combine(baseDirectory, "runtimes", $"{Os}-{Architecture}", "native", name);
        foreach (var name in FileNames) yield return Path.Combine(baseDirectory, name);

        // A build output lies some folders below the repository, an installed service beside its packages.
        var npm = Path.Combine(NpmFolder.Replace('/', Path.DirectorySeparatorChar), NpmOs, Architecture);
        for (var folder = new DirectoryInfo(baseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (var name in FileNames) yield return Path.Combine(folder.FullName, "build", "native", npm, name);
            foreach (var name in FileNames) yield return Path.Combine(folder.FullName, npm, name);
        }

        foreach (var name in FileNames) yield return name;
    }

    private static string[] FileNames { get; } =
        OperatingSystem.IsWindows() ? ["onnxruntime.dll"]
        : OperatingSystem.IsMacOS() ? ["libonnxruntime.dylib", "libonnxruntime.1.dylib"]
        : ["libonnxruntime.so.1", "libonnxruntime.so"];

    private static string Os => OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";

    private static string NpmOs => OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";

    private static string Architecture { get; } = RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "x64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        var other => other.ToString(),
    };
}
