using System.Diagnostics;
using NUnit.Framework;

namespace PromptPlatform.TestKit;

/// <summary>Traces of other test processes on this machine.</summary>
internal static class TestProcess
{
    public static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Deletes a folder unless another test process is doing the same at this moment or it belongs to another user.</summary>
    public static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TestContext.Progress.WriteLine($"left behind: {folder} ({error.Message})");
        }
    }
}
