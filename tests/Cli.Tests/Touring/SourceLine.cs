namespace Gateway.Cli.Tests.Touring;

/// <summary>A line of the source at which something begins that can run.</summary>
/// <param name="File">Under the repository's root, with slashes.</param>
internal readonly record struct SourceLine(string File, int Line);
