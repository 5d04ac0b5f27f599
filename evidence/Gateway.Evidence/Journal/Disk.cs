using Microsoft.Win32.SafeHandles;

namespace Gateway.Evidence.Journal;

/// <summary>The two calls that a failing disk fails. Tests put ones in their place that fail as a full or broken disk does.</summary>
internal sealed class Disk
{
    public delegate void WriteCall(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);

    /// <summary>The real one.</summary>
    public static Disk Real { get; } = new();

    public WriteCall Write { get; init; } = RandomAccess.Write;

    public Action<SafeFileHandle> Flush { get; init; } = FileSync.Flush;
}
