using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gateway.Connectors.Files;

/// <summary>
/// Files that only their owner may read (mode 0600), written whole or not at all: into a new file beside, synced, then put in
/// place by name. A crash leaves the old content or the new, never a part.
/// </summary>
internal static class ProtectedFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Creates the folder for its owner only (mode 0700); leaves one that is there as it is.</summary>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerFolder);
        }
    }

    /// <summary>Options for a file that others can't open, not even between its creation and a change of its mode.</summary>
    public static FileStreamOptions Options(FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = share,
        };
        if (!OperatingSystem.IsWindows() && mode is FileMode.CreateNew or FileMode.OpenOrCreate)
        {
            options.UnixCreateMode = OwnerFile;
        }

        return options;
    }

    /// <summary>Replaces the file, or makes it.</summary>
    public static void Replace(string file, ReadOnlySpan<byte> content)
    {
        var beside = WriteBeside(file, content);
        try
        {
            File.Move(beside, file, overwrite: true);
        }
        finally
        {
            File.Delete(beside); // Nothing, where it was moved.
        }
    }

    /// <summary>
    /// Makes the file; false where it is there already. Of many that make it at once, in one process or in several, one succeeds.
    /// </summary>
    /// <exception cref="IOException">It can't be made there.</exception>
    public static bool TryCreate(string file, ReadOnlySpan<byte> content)
    {
        if (File.Exists(file))
        {
            return false;
        }

        var beside = WriteBeside(file, content);
        try
        {
            return ExclusiveName.TryLink(beside, file);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static string WriteBeside(string file, ReadOnlySpan<byte> content)
    {
        // The dot in front: no tenant's name starts with one, so no tenant's file is ever named so.
        var name = $".{Path.GetFileName(file)}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.tmp";
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, name);
        using var stream = new FileStream(beside, Options(FileMode.CreateNew, FileShare.None));
        stream.Write(content);
        FileSync.Flush(stream);
        return beside;
    }
}

/// <summary>
/// A second name for a file that no other file has. Where a name is there already, the operating system says so in the same step. Moving a
/// file without overwriting isn't that: off Windows .NET looks whether the name is free and then renames, and of two that do so at once the
/// later replaces what the earlier has made and rests on.
/// </summary>
internal static class ExclusiveName
{
    /// <value>Of <c>link(2)</c>, on Linux and macOS.</value>
    private const int NameIsTaken = 17;

    /// <summary>False where the name is taken. The file may keep its first name or not.</summary>
    /// <exception cref="IOException">The name can't be given.</exception>
    public static bool TryLink(string file, string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return TryMove(file, name);
        }

        if (Link(file, name) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == NameIsTaken
            ? false
            : throw new IOException(
                $"The file '{name}' can't be made ({Marshal.GetPInvokeErrorMessage(error)}): "
                    + "its file system must have hard links, and this process may write there."
            );
    }

    private static bool TryMove(string file, string name)
    {
        try
        {
            File.Move(file, name, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(name))
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string file, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
