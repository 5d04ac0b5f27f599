namespace Gateway.Connectors.Files;

/// <summary>Makes files and folders that only their owner may open, from the first moment on.</summary>
internal static class OwnerOnly
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
    public static FileStreamOptions FileOptions(FileMode mode, FileShare share)
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
}
