using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Evidence.Signing;

namespace Gateway.Cli.Artifacts;

/// <summary>
/// Options that name the keys which artifacts are signed and verified with: a file, or a setting that holds the same text.
/// </summary>
internal sealed class SigningKeyOptions
{
    private const string Remedy = "Make a pair with 'gateway keys init --out-dir DIR'.";
    private const int MaxBytes = 4096;

    public Option<string> PublicKey { get; } =
        new("--public-key") { Description = "The file of the public key to verify with.", HelpName = "file" };

    public Option<string> PublicKeyEnv { get; } =
        new("--public-key-env") { Description = "The environment variable that holds the public key.", HelpName = "name" };

    public Option<string> PrivateKey { get; } =
        new("--private-key") { Description = "The file of the private key to sign with.", HelpName = "file" };

    public Option<string> PrivateKeyEnv { get; } =
        new("--private-key-env") { Description = "The environment variable that holds the private key.", HelpName = "name" };

    /// <returns>Null where none is named.</returns>
    /// <exception cref="InvalidInputException">Two are named, or it is no key.</exception>
    public Ed25519PublicKey? ReadPublic(ParseResult parsed, CommandConfiguration configuration) =>
        Read(parsed, configuration, PublicKey, PublicKeyEnv) is not { } text ? null
        : Ed25519PublicKey.TryParse(text, out var key) ? key
        : throw new InvalidInputException("The public key isn't the base64 of an Ed25519 public key.", Remedy);

    /// <returns>Null where none is named.</returns>
    /// <exception cref="InvalidInputException">Two are named, or it is no key.</exception>
    public Ed25519PrivateKey? ReadPrivate(ParseResult parsed, CommandConfiguration configuration) =>
        Read(parsed, configuration, PrivateKey, PrivateKeyEnv) is not { } text ? null
        : Ed25519PrivateKey.TryParse(text, out var key) ? key
        : throw new InvalidInputException("The private key isn't the base64 of an Ed25519 private key.", Remedy);

    /// <exception cref="InvalidInputException">It can't be read, or is no key.</exception>
    public static Ed25519PublicKey ReadPublicFile(string file) =>
        Ed25519PublicKey.TryParse(System.Text.Encoding.ASCII.GetString(ArtifactFile.Read(file, MaxBytes)), out var key)
            ? key
            : throw new InvalidInputException($"'{file}' isn't the base64 of an Ed25519 public key.", Remedy);

    private static string? Read(ParseResult parsed, CommandConfiguration configuration, Option<string> file, Option<string> variable)
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
