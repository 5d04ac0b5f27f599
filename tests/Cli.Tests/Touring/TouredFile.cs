namespace Gateway.Cli.Tests.Touring;

/// <summary>A source file that the call comes to.</summary>
/// <param name="Path">Under the repository's root, with slashes.</param>
/// <param name="Lines">Those that ran.</param>
internal sealed record TouredFile(string Path, int Lines)
{
    public string Folder => Path[..Path.LastIndexOf('/')];
}
