using Gateway.Cli.Artifacts;

namespace Gateway.Cli.Diagnosis;

/// <summary>Files and folders: who may read the keys, whether the data folder can be written, how much room is left.</summary>
internal static class FileChecks
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    // The journal refuses everything once a disk is full; a busy instance writes some 100 MiB an hour.
    private const long TooLittle = 256L << 20;
    private const long Little = 4L << 30;

    public static IEnumerable<Finding> KeyFiles(DoctorContext context)
    {
        var files = InstanceKeyFiles.Of(context.Configuration, context.Data);
        var found = files.Select(Judge).OfType<Finding>().ToList();
        return found.Count > 0
            ? found
            :
            [
                new Finding(
                    "key_files",
                    FindingStatus.Pass,
                    files.Count == 0 ? "No key comes from a file." : $"{files.Count} files with keys: nobody else can read them."
                ),
            ];
    }

    public static Finding DataFolder(DoctorContext context) =>
        Writable("data_folder", context.Data.Path, "chown the folder to the user that Gateway runs as, or set Gateway:Data:Path.");

    /// <summary>Where packs, traces and reports go that nobody named another place for.</summary>
    public static Finding OutputFolder() =>
        Writable(Finding.LocalCheck, ArtifactPaths.Folder, "Work in a folder that this user may write to.");

    private static Finding Writable(string check, string path, string remedy)
    {
        var folder = Path.GetFullPath(path);
        var there = Nearest(folder);
        var probe = Path.Combine(there, $".gateway-doctor.{Environment.ProcessId}");
        try
        {
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
                return new Finding(
                    check,
                    FindingStatus.Pass,
                    there == folder ? $"'{folder}' can be written." : $"'{folder}' isn't there yet and can be made."
                );
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Finding(check, FindingStatus.Fail, $"'{there}' can't be written: {e.Message}", remedy);
        }
    }

    public static IEnumerable<Finding> DiskRoom(DoctorContext context)
    {
        var folders = new[] { context.Data.Path, context.Journal.Root, context.Evidence.Bodies }
            .Where(path => path.Length > 0)
            .Select(path => Nearest(Path.GetFullPath(path)))
            .Distinct(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            var free = new DriveInfo(folder).AvailableFreeSpace;
            var status =
                free < TooLittle ? FindingStatus.Fail
                : free < Little ? FindingStatus.Warn
                : FindingStatus.Pass;
            yield return new Finding(
                "disk_room",
                status,
                $"'{folder}' has {free >> 20} MiB left.",
                status == FindingStatus.Pass ? "" : "Make room: where the disk is full nothing is allowed."
            );
        }
    }

    private static Finding? Judge(string file)
    {
        if (!File.Exists(file))
        {
            return new Finding(
                "key_files",
                FindingStatus.Fail,
                $"'{file}' isn't there, or can't be seen by this user.",
                "Mount it, or name the right file."
            );
        }

        var mode = OperatingSystem.IsWindows() ? 0 : File.GetUnixFileMode(file);
        return (mode & Others) != 0
                ? new Finding("key_files", FindingStatus.Fail, $"Everybody on this machine can use '{file}'.", $"chmod 600 {file}")
            : (mode & Group) != 0 ? new Finding("key_files", FindingStatus.Warn, $"The group of '{file}' can use it.", $"chmod 600 {file}")
            : null;
    }

    /// <summary>The folder, or the nearest one above it that is there.</summary>
    private static string Nearest(string folder)
    {
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above)
        {
            folder = above;
        }

        return folder;
    }
}
