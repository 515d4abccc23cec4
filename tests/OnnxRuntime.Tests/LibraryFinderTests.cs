using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Native;

namespace PromptPlatform.OnnxRuntime.Tests;

public sealed class LibraryFinderTests
{
    [Test]
    public void Candidates_WhenAFolderIsConfigured_StartThere()
    {
        var first = LibraryFinder.Candidates("/app/bin", "/opt/ort").First();

        Assert.That(Path.GetDirectoryName(first), Is.EqualTo("/opt/ort"));
    }

    [Test]
    public void Candidates_AreRuntimesThenBesideTheAppThenNpmUpwardsThenTheSystem()
    {
        var folders = LibraryFinder.Candidates("/repo/services/bin", null).Select(path => Path.GetDirectoryName(path)).Distinct().ToArray();

        Assert.That(folders[0], Does.StartWith("/repo/services/bin/runtimes/").And.EndWith("/native"));
        Assert.That(folders[1], Is.EqualTo("/repo/services/bin"));
        Assert.That(folders[2], Does.StartWith("/repo/services/bin/build/native/node_modules/onnxruntime-node/bin/napi-v6/"));
        Assert.That(folders, Has.Some.StartsWith("/repo/build/native/node_modules/"));
        Assert.That(folders[^1], Is.Empty);
    }

    [Test]
    public void GetVersionString_IsAtLeastTheVersionOfTheTable()
    {
        var version = Version.Parse(OrtEnv.Instance().GetVersionString());

        Assert.That(version, Is.GreaterThanOrEqualTo(new Version(1, 17)));
        Assert.That(OrtEnv.Instance().GetAvailableProviders(), Does.Contain("CPUExecutionProvider"));
    }
}
