using Gateway.Testing;

namespace Gateway.Cli.Tests.Touring;

/// <summary>A file of the source that somebody wrote.</summary>
/// <param name="Path">Under the repository's root, with slashes.</param>
internal sealed record SourceFile(string Path, IReadOnlyList<string> Lines)
{
    /// <summary>What a build that doesn't depend on its folder writes in place of the repository's root.</summary>
    private const string AnyRoot = "/_/";

    /// <param name="document">As the debug information names it.</param>
    /// <returns>Null for generated code.</returns>
    public static SourceFile? Find(string document)
    {
        var isRooted = !document.StartsWith(AnyRoot, StringComparison.Ordinal);
        var path = isRooted ? System.IO.Path.GetRelativePath(Repository.Root, document) : document[AnyRoot.Length..];
        path = path.Replace('\\', '/');
        var full = System.IO.Path.Combine(Repository.Root, path);
        var isGenerated = path.Split('/').Contains("obj") || path.EndsWith(".g.cs", StringComparison.Ordinal);
        return isGenerated || !File.Exists(full) ? null : new SourceFile(path, File.ReadAllLines(full));
    }

    /// <param name="line">From 1, as the column.</param>
    public bool HasBraceAt(int line, int column) => Lines[line - 1][column - 1] is '{' or '}';
}
