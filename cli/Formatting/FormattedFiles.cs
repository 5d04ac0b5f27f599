using System.Text;
using Gateway.Authoring.Formatting;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Policy.Documents;
using Gateway.Proxy.Configuration;

namespace Gateway.Cli.Formatting;

/// <summary>Reads files and formats them.</summary>
internal static class FormattedFiles
{
    /// <summary>UTF-8 or nothing: no letter is put in place of what can't be read.</summary>
    internal static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

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
