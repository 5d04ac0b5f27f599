namespace Gateway.Evidence.Log.Files;

/// <summary>
/// Makes folders of a journal. It tells who did what, and so is for its owner and its owner's group, who may be auditors: others can't look
/// into it, whatever the process' umask.
/// </summary>
internal static class JournalFolder
{
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    /// <summary>Makes a folder and those above it that aren't there; changes none that is. Gives its full path.</summary>
    /// <exception cref="IOException">It can't be made.</exception>
    public static string Make(string path) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, Mode)).FullName;
}
