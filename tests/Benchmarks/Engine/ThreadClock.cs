using System.Runtime.InteropServices;

namespace PromptPlatform.Benchmarks.Engine;

/// <summary>Processor time of the calling thread: what else runs on the machine does not count.</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary>In microseconds, from some beginning. Linux only.</summary>
    public static double Now()
    {
        if (ClockGetTime(ThreadCpuTime, out var time) != 0)
            throw new PlatformNotSupportedException("The system has no clock for the processor time of a thread.");
        return (time.Seconds * 1e6) + (time.Nanoseconds / 1e3);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);
}
