using Gateway.Cli.Results;

namespace Gateway.Cli.Artifacts;

/// <summary>Reads and writes the files that commands work on.</summary>
internal static class ArtifactFile
{
    /// <exception cref="InvalidInputException">It isn't there, can't be read, or is too long.</exception>
    public static byte[] Read(string path, int mostBytes)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (stream.Length > mostBytes)
            {
                throw new InvalidInputException($"'{path}' is over {mostBytes} bytes.", "Name a file of the right kind.");
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidInputException($"'{path}' can't be read: {e.Message}", "Name a run or a file that this process may read.");
        }
    }

    /// <summary>All or nothing: a command that is killed leaves the old file or the new one.</summary>
    /// <param name="secret">Whether only its owner may read it.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool secret = false)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(stream.SafeFileHandle, Mode(secret));
                }

                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static UnixFileMode Mode(bool secret) =>
        UnixFileMode.UserRead | UnixFileMode.UserWrite | (secret ? 0 : UnixFileMode.GroupRead | UnixFileMode.OtherRead);
}
