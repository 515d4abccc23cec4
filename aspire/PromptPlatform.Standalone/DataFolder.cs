using PromptPlatform.LocalServers;

namespace PromptPlatform.Standalone;

/// <summary>The folder that outlives the run, held by one process at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream door;

    private DataFolder(string path, FileStream door)
    {
        Path = path;
        this.door = door;
    }

    public string Path { get; }

    /// <summary>Takes the folder; waits a moment for a process that was killed and is not quite gone.</summary>
    /// <exception cref="LocalServerException">Another process holds it, or it cannot be written.</exception>
    public static async Task<DataFolder> OpenAsync(string path, TimeProvider clock, CancellationToken cancellation)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return Open(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                if (clock.GetElapsedTime(since) > Patience)
                {
                    throw new LocalServerException(
                        $"{path} cannot be used ({error.Message}): stop the PromptPlatform that runs on it, or give another folder with PROMPTPLATFORM_DATA and other ports with PORT", error);
                }
            }

            await Task.Delay(Pause, clock, cancellation);
        }
    }

    /// <summary>Full path of something in the folder.</summary>
    public string Under(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => door.Dispose();

    private static DataFolder Open(string path)
    {
        PrivateFiles.CreateFolder(path);
        // The lock goes with the process, also when that is killed.
        return new DataFolder(path, new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
    }
}
