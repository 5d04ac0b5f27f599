using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Evidence.Signing;

namespace Gateway.Cli.Artifacts;

/// <summary>The text of a key, in a file or in a setting.</summary>
internal static class SigningKeyText
{
    public const string Remedy = "Make a pair with 'gateway keys init --out-dir DIR'.";

    public const int MaxBytes = 4096;

    /// <exception cref="InvalidInputException">It can't be read, or is no key.</exception>
    public static Ed25519PublicKey ReadPublicFile(string file) =>
        Ed25519PublicKey.TryParse(System.Text.Encoding.ASCII.GetString(ArtifactFile.Read(file, MaxBytes)), out var key)
            ? key
            : throw new InvalidInputException($"'{file}' isn't the base64 of an Ed25519 public key.", Remedy);

    /// <summary>The text that the file of a private key holds. Whoever has it has the key.</summary>
    public static byte[] Of(Ed25519PrivateKey key)
    {
        byte[] whole = [.. key.ExportSeed(), .. key.PublicKey.Bytes.Span];
        var text = System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(whole) + "\n");
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(whole);
        return text;
    }

    /// <returns>Null where none is named.</returns>
    /// <exception cref="InvalidInputException">Two are named, or it can't be read.</exception>
    public static string? Read(ParseResult parsed, CommandConfiguration configuration, Option<string> file, Option<string> variable)
    {
        var (path, name) = (parsed.GetValue(file), parsed.GetValue(variable));
        if (path is not null && name is not null)
        {
            throw new InvalidInputException(
                $"Both {file.Name} and {variable.Name} are given.",
                "Give one of them: two keys can't both be meant."
            );
        }

        return path is not null ? System.Text.Encoding.ASCII.GetString(ArtifactFile.Read(path, MaxBytes))
            : name is null ? null
            : configuration.Find(name) ?? throw new InvalidInputException($"The environment variable '{name}' isn't set.", Remedy);
    }
}
