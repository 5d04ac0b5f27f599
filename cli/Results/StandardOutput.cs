using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Cli.Results;

/// <summary>
/// The standard output, for what must not be lost unnoticed. .NET's own stream takes for written what it writes to a pipe that nobody reads any more (EPIPE): a secret that is shown
/// once would be lost, and the command would have succeeded.
/// </summary>
internal static class StandardOutput
{
    private static readonly Lazy<TextWriter> Shared =
        new(() => new StreamWriter(Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });

    /// <summary>For text.</summary>
    public static TextWriter Writer => Shared.Value;

    /// <summary>For bytes. Its disposal leaves the output open.</summary>
    public static Stream Open()
    {
        if (!Console.IsOutputRedirected || OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);

        // Into a file it would write at a place of its own, over what others write there meanwhile. There the runtime's own says what is wrong.
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }
}
