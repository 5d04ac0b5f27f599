namespace Gateway.Cli.Bridging;

/// <summary>
/// What bubblewrap takes from a program: all writing but to the listed folders and a <c>/tmp</c> of its own, every other process, and the
/// network where that is said. With it the kernel ends whatever the program left running.
/// </summary>
/// <param name="Writable">Folders that it may change, as full paths.</param>
/// <param name="HasNetwork">False leaves it a loopback of its own.</param>
internal sealed record Sandbox(IReadOnlyList<string> Writable, bool HasNetwork)
{
    public const string Program = "bwrap";

    /// <summary>Emptied: what lies there is other programs', their sockets among it.</summary>
    private static readonly string[] Emptied = ["/tmp", "/run"];

    /// <summary>A command line that is put before the program's.</summary>
    public IEnumerable<string> CommandLine() =>
        [
            Program,
            "--die-with-parent",
            "--unshare-all",
            .. HasNetwork ? ["--share-net"] : Array.Empty<string>(),
            "--ro-bind",
            "/",
            "/",
            "--dev",
            "/dev",
            "--proc",
            "/proc",
            .. Emptied.SelectMany(folder => (string[])["--tmpfs", folder]),
            // Where many systems keep the names of their name servers.
            .. HasNetwork ? ["--ro-bind-try", "/run/systemd/resolve", "/run/systemd/resolve"] : Array.Empty<string>(),
            .. Shown(Environment.CurrentDirectory),
            .. Writable.SelectMany(folder => (string[])["--bind", folder, folder]),
            "--chdir",
            Environment.CurrentDirectory,
            "--",
        ];

    /// <summary>The working directory is seen, wherever it lies.</summary>
    private static string[] Shown(string folder) =>
        Emptied.Any(emptied => folder.StartsWith(emptied + "/", StringComparison.Ordinal)) ? ["--ro-bind", folder, folder] : [];
}
