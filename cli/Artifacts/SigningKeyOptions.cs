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
    private readonly Option<string> _mode = new("--key-mode")
    {
        Description =
            $"prod takes only a key that is named; dev makes one at first use and keeps it in {DevelopmentKey.PrivatePath}. "
            + "Without it a key that is named counts, and where no instance is configured dev.",
        HelpName = $"{SigningKey.Development}|{SigningKey.Production}",
    };

    public SigningKeyOptions() => _mode.AcceptOnlyFromAmong(SigningKey.Development, SigningKey.Production);

    /// <summary>The options by which a command gets the key that it signs with.</summary>
    public IReadOnlyList<Option> Signing => [PrivateKey, PrivateKeyEnv, _mode];

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
        SigningKeyText.Read(parsed, configuration, PublicKey, PublicKeyEnv) is not { } text ? null
        : Ed25519PublicKey.TryParse(text, out var key) ? key
        : throw new InvalidInputException("The public key isn't the base64 of an Ed25519 public key.", SigningKeyText.Remedy);

    /// <summary>The key to sign with: the one that is named, or else the one for development.</summary>
    /// <param name="mayMake">Whether a key for development will do.</param>
    /// <exception cref="InvalidInputException">Two are named, it is no key, or the mode and the key don't go together.</exception>
    public SigningKey ReadSigning(ParseResult parsed, CommandConfiguration configuration, bool mayMake = true) =>
        ReadPrivate(parsed, configuration) is { } named
            ? SigningKey.Named(named, parsed.GetValue(_mode))
            : SigningKey.Unnamed(parsed.GetValue(_mode), configuration, mayMake);

    /// <returns>Null where none is named.</returns>
    /// <exception cref="InvalidInputException">Two are named, or it is no key.</exception>
    public Ed25519PrivateKey? ReadPrivate(ParseResult parsed, CommandConfiguration configuration) =>
        SigningKeyText.Read(parsed, configuration, PrivateKey, PrivateKeyEnv) is not { } text ? null
        : Ed25519PrivateKey.TryParse(text, out var key) ? key
        : throw new InvalidInputException("The private key isn't the base64 of an Ed25519 private key.", SigningKeyText.Remedy);
}
