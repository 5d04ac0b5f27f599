using System.Security.Cryptography;
using Gateway.Cli.Results;
using Gateway.Evidence.Log.Files;
using Gateway.Policy.Documents;

namespace Gateway.Cli.Artifacts;

/// <summary>Reads and writes the files that commands work on.</summary>
internal static class ArtifactFile
{
    /// <exception cref="InvalidInputException">It isn't there, can't be read, or is too long.</exception>
    public static byte[] Read(string path, int mostBytes)
    {
        try
        {
            var bytes = RegularFile.Read(path, mostBytes + 1);
            return bytes.Length <= mostBytes
                ? bytes
                : throw new InvalidInputException($"'{path}' is over {mostBytes} bytes.", "Name a file of the right kind.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidInputException($"'{path}' can't be read: {e.Message}", "Name a run or a file that this process may read.");
        }
    }

    /// <summary>What people wrote, with or without a mark of its encoding in front.</summary>
    /// <exception cref="InvalidInputException">It isn't there, can't be read, is too long, or isn't UTF-8: no letter is put in place of
    /// what can't be read.</exception>
    public static string ReadText(string path, int mostBytes) =>
        SourceFile.TryDecode(Read(path, mostBytes), out var text)
            ? text
            : throw new InvalidInputException($"'{path}' isn't UTF-8.", "Save it as UTF-8.");

    /// <summary>All or nothing: a command that is killed leaves the old file or the new one.</summary>
    /// <param name="secret">Whether only its owner may read it.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool secret = false)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        // A name that nobody can foresee, and a file that wasn't there: through a link that lay in wait, a key would go to where somebody
        // else reads it.
        var temporary = $"{path}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, Options()))
            {
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(stream.SafeFileHandle, Mode(secret));
                }

                stream.Write(content);
                FileSync.Flush(stream);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Mode(secret: true); // Until it has its own: nobody may have opened it before.
        }

        return options;
    }

    private static UnixFileMode Mode(bool secret) =>
        UnixFileMode.UserRead | UnixFileMode.UserWrite | (secret ? 0 : UnixFileMode.GroupRead | UnixFileMode.OtherRead);
}
