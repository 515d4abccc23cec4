using PromptPlatform.LocalServers;
using PromptPlatform.ServiceDefaults.Settings;

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
    /// <exception cref="LocalServerException">Another process holds it.</exception>
    /// <exception cref="SettingsException">It is no folder, or one that cannot be written.</exception>
    public static async Task<DataFolder> OpenAsync(string path, TimeProvider clock, CancellationToken cancellation)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return Open(path);
            }
            catch (IOException error) when (IsHeld(error))
            {
                if (clock.GetElapsedTime(since) > Patience)
                {
                    throw new LocalServerException(
                        $"{path} is in use by another PromptPlatform: stop it, or give another folder with PROMPTPLATFORM_DATA and other ports with PORT", error);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new SettingsException("PROMPTPLATFORM_DATA", $"is {path}, which cannot hold data ({error.Message.TrimEnd('.')}): give a folder that this user may write");
            }

            await Task.Delay(Pause, clock, cancellation);
        }
    }

    /// <summary>Full path of something in the folder.</summary>
    public string Under(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => door.Dispose();

    // The lock of another process: EWOULDBLOCK on Linux and macOS, a sharing violation on Windows.
    private static bool IsHeld(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static DataFolder Open(string path)
    {
        PrivateFiles.CreateFolder(path);
        // The lock goes with the process, also when that is killed.
        return new DataFolder(path, new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
    }
}
