using System.Runtime.InteropServices;

namespace Gateway.Cli.Bridging;

/// <summary>What .NET doesn't offer of Linux' processes.</summary>
internal static class NativeCalls
{
    public const int Terminate = 15;
    public const int Kill = 9;

    private const int SetDescriptorFlags = 2;
    private const int CloseOnExec = 1;

    /// <summary>
    /// Keeps every descriptor that this process was started with, but for the three standard ones, from the programs that it starts. What
    /// .NET opens later is kept from them already.
    /// </summary>
    public static void KeepDescriptors()
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(entry), out var descriptor) && descriptor > 2)
            {
                // One that was closed meanwhile fails, and needn't be kept.
                _ = Control(descriptor, SetDescriptorFlags, CloseOnExec);
            }
        }
    }

    /// <summary>One process, or with a negative number a process group. One that is gone is no error.</summary>
    public static void Signal(int process, int signal) => _ = SendSignal(process, signal);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int descriptor, int command, int argument);
}
