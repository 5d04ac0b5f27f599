using System.Text.Json.Nodes;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;

namespace Gateway.Cli.Formatting;

/// <summary>What formatting a file came to.</summary>
/// <param name="Before">Its text as it is.</param>
/// <param name="After">Its text in the one layout; null where it can't be given one.</param>
internal sealed record FormattedFile(string Path, string Before, string? After, IReadOnlyList<CommandError> Errors)
{
    public bool IsChanged => After is not null && After != Before;

    /// <summary>Puts the one layout where the file lies: all or nothing, with the rights that the file has.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Write()
    {
        // Behind a link lies the file itself: the link stays one.
        var path = new FileInfo(Path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path;
        var mode = OperatingSystem.IsWindows() ? default(UnixFileMode?) : File.GetUnixFileMode(path);
        ArtifactFile.Write(path, FormattedFiles.Strict.GetBytes(After!), secret: true);
        if (mode is { } kept && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, kept);
        }
    }

    public JsonNode ToJson(bool written, bool diff)
    {
        var json = new JsonObject
        {
            ["path"] = Path,
            ["changed"] = IsChanged,
            ["written"] = written && IsChanged,
            ["formatted"] = After is not null,
        };
        if (diff && IsChanged)
        {
            json["diff"] = string.Join('\n', UnifiedDiff.Compute(Path, Before, After!));
        }

        return json;
    }
}
