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
            "--tmpfs",
            "/tmp",
            "--tmpfs",
            "/run",
            .. Writable.SelectMany(folder => (string[])["--bind", folder, folder]),
            "--chdir",
            Environment.CurrentDirectory,
            "--",
        ];
}
