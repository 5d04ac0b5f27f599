using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Cli.Results;

/// <summary>
/// The standard output, for what must not be lost unnoticed. .NET's own stream takes for written what it writes to a pipe that nobody reads
/// any more (EPIPE): a secret that is shown once would be lost, and the command would have succeeded.
/// </summary>
internal static class StandardOutput
{
    private static readonly Lazy<TextWriter> Shared = new(() =>
        new StreamWriter(Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true }
    );

    /// <summary>For text.</summary>
    public static TextWriter Writer => Shared.Value;

    /// <summary>For bytes. Its disposal leaves the output open.</summary>
    public static Stream Open()
    {
        if (!Console.IsOutputRedirected || OperatingSystem.IsWindows() || IsNonBlocking())
        {
            return Console.OpenStandardOutput();
        }

        var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);

        // Into a file it would write at a place of its own, over what others write there meanwhile. There the runtime's own says what is
        // wrong.
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }

    /// <summary>
    /// Whether somebody else set it so, who has it too, as Node.js does: then only .NET's own stream waits where the pipe is full. By the
    /// flags that Linux shows (proc(5)), in octal digits; O_NONBLOCK is 04000.
    /// </summary>
    private static bool IsNonBlocking()
    {
        try
        {
            const string Flags = "flags:";
            var line = File.ReadLines("/proc/self/fdinfo/1").First(line => line.StartsWith(Flags, StringComparison.Ordinal));
            return (Convert.ToInt32(line[Flags.Length..].Trim(), 8) & 0x800) != 0;
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException or InvalidOperationException)
        {
            return true; // Who can't tell takes what always works.
        }
    }
}
