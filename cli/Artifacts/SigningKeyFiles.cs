using System.Text;
using Gateway.Cli.Results;
using Gateway.Evidence.Signing;

namespace Gateway.Cli.Artifacts;

/// <summary>
/// A fresh pair of signing keys as two files: base64 and a line feed, the private one of 64 bytes (seed and public key), for its owner
/// only.
/// </summary>
internal sealed record SigningKeyFiles(string KeyId, string PrivatePath, string PublicPath)
{
    /// <summary>
    /// Where a pair is made when no folder is named. Null but for the name <c>gait</c>, which knows these keys alone: Gateway's own keys
    /// are what <c>gateway keys</c> is about.
    /// </summary>
    public static string? DefaultFolder => ProgramName.IsGait ? ArtifactPaths.KeyFolder : null;

    /// <exception cref="InvalidInputException">One of the files is there already: what was signed with it couldn't be told from what
    /// wasn't.</exception>
    public static SigningKeyFiles Make(string folder, string prefix, bool force)
    {
        if (
            prefix.Length is 0 or > 64
            || prefix.AsSpan().ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
        )
        {
            throw new InvalidInputException("The prefix must be letters, digits, '_' or '-'.", "Take one such as 'prod'.");
        }

        var files = (Private: Path.Combine(folder, $"{prefix}_private.key"), Public: Path.Combine(folder, $"{prefix}_public.key"));
        if (!force && (File.Exists(files.Private) || File.Exists(files.Public)))
        {
            throw new InvalidInputException(
                $"There is a key '{prefix}' in '{folder}' already.",
                "Take another prefix, or --force to lose it."
            );
        }

        var key = Ed25519PrivateKey.Create();
        ArtifactFile.Write(files.Private, SigningKeyText.Of(key), secret: true);
        ArtifactFile.Write(files.Public, Encoding.ASCII.GetBytes(key.PublicKey + "\n"));
        return new SigningKeyFiles(key.PublicKey.KeyId, files.Private, files.Public);
    }

    public CommandResult ToResult() =>
        CommandResult.Ok(
            new()
            {
                ["key_id"] = KeyId,
                ["private_key_path"] = PrivatePath,
                ["public_key_path"] = PublicPath,
            },
            $"key_id={KeyId}",
            $"private_key={PrivatePath}",
            $"public_key={PublicPath}"
        );
}
