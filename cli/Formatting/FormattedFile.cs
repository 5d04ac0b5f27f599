using System.Text;
using System.Text.Json.Nodes;
using Gateway.Authoring.Formatting;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Policy.Documents;
using Gateway.Proxy.Configuration;

namespace Gateway.Cli.Formatting;

/// <summary>Formats files and writes them where they lie.</summary>
internal static class FormattedFiles
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="path">A file, or a folder of documents.</param>
    /// <exception cref="InvalidInputException">It can't be read, or there is nothing in it.</exception>
    public static IReadOnlyList<FormattedFile> Read(string path)
    {
        try
        {
            return Directory.Exists(path)
                ? [.. GovernanceFiles.Names(path).Select(name => Read(Path.Combine(path, name), name))]
                : [Read(path, path)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidInputException($"'{path}' can't be read: {e.Message}", "Name a file, or the folder of the documents.");
        }
    }

    /// <summary>All or nothing, with the rights that the file has.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Write(FormattedFile file)
    {
        // Behind a link lies the file itself: the link stays one.
        var path = new FileInfo(file.Path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.Path;
        var mode = OperatingSystem.IsWindows() ? default(UnixFileMode?) : File.GetUnixFileMode(path);
        ArtifactFile.Write(path, Strict.GetBytes(file.After!), secret: true);
        if (mode is { } kept && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, kept);
        }
    }

    /// <param name="name">As errors show it.</param>
    private static FormattedFile Read(string path, string name)
    {
        var bytes = ArtifactFile.Read(path, SourceFile.MaxBytes);
        try
        {
            var text = Strict.GetString(bytes);
            var result = YamlFormatter.Format(new SourceFile(name, text));
            return new FormattedFile(path, text, result.Text, [.. result.Errors.Select(CommandError.From)]);
        }
        catch (DecoderFallbackException)
        {
            return new FormattedFile(
                path,
                "",
                null,
                [new CommandError($"'{name}' isn't UTF-8.", "Save it as UTF-8; it was left as it is.")]
            );
        }
    }
}

/// <summary>What formatting a file came to.</summary>
/// <param name="Before">Its text as it is.</param>
/// <param name="After">Its text in the one layout; null where it can't be given one.</param>
internal sealed record FormattedFile(string Path, string Before, string? After, IReadOnlyList<CommandError> Errors)
{
    public bool IsChanged => After is not null && After != Before;

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
