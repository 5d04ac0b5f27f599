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
    private const string Development = "dev";
    private const string Production = "prod";
    private const int MaxBytes = 4096;

    private readonly Option<string> _mode = new("--key-mode")
    {
        Description =
            $"prod takes only a key that is named; dev makes one at first use and keeps it in {DevelopmentKey.PrivatePath}. "
            + "Without it a key that is named counts, and where no instance is configured dev.",
        HelpName = $"{Development}|{Production}",
    };

    public SigningKeyOptions() => _mode.AcceptOnlyFromAmong(Development, Production);

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
        Read(parsed, configuration, PublicKey, PublicKeyEnv) is not { } text ? null
        : Ed25519PublicKey.TryParse(text, out var key) ? key
        : throw new InvalidInputException("The public key isn't the base64 of an Ed25519 public key.", Remedy);

    /// <summary>The key to sign with: the one that is named, or else the one for development.</summary>
    /// <param name="mayMake">Whether a key for development will do.</param>
    /// <exception cref="InvalidInputException">Two are named, it is no key, or the mode and the key don't go together.</exception>
    public SigningKey ReadSigning(ParseResult parsed, CommandConfiguration configuration, bool mayMake = true)
    {
        var (mode, named) = (parsed.GetValue(_mode), ReadPrivate(parsed, configuration));
        if (named is not null)
        {
            return mode != Development
                ? new SigningKey(named)
                : throw new InvalidInputException("--key-mode dev takes no key.", "Leave one of them out.");
        }

        if (mode == Production)
        {
            throw new InvalidInputException("--key-mode prod needs a private key.", "Name its file with --private-key. " + Remedy);
        }

        var isDevelopment = mode == Development || !configuration.HasInstance;
        return !isDevelopment || !mayMake
            ? new SigningKey(null) { IsDevelopment = mode == Development }
            : new SigningKey(DevelopmentKey.Open())
            {
                IsDevelopment = true,
                Warnings =
                [
                    $"Signed with the key for development, {DevelopmentKey.PrivatePath}. In production name one with --private-key.",
                ],
            };
    }

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

/// <summary>A key to sign with, and how it was come by.</summary>
/// <param name="Key">Null where there is none.</param>
internal sealed record SigningKey(Ed25519PrivateKey? Key)
{
    /// <summary>Whether it is one for development, or one was asked for.</summary>
    public bool IsDevelopment { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <exception cref="InvalidInputException">There is none.</exception>
    public Ed25519PrivateKey Demand() =>
        Key
        ?? throw new InvalidInputException(
            "No private key is named: a decision without a signed trace isn't given.",
            "Name its file with --private-key."
        );
}
