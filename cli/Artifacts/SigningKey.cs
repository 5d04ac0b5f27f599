using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Evidence.Signing;

namespace Gateway.Cli.Artifacts;

/// <summary>A key to sign with, and how it was come by.</summary>
/// <param name="Key">Null where there is none.</param>
internal sealed record SigningKey(Ed25519PrivateKey? Key)
{
    public const string Development = "dev";
    public const string Production = "prod";

    /// <summary>Whether it is one for development, or one was asked for.</summary>
    public bool IsDevelopment { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <param name="mode">Null where none is asked for.</param>
    /// <exception cref="InvalidInputException">The mode and a key don't go together.</exception>
    public static SigningKey Named(Ed25519PrivateKey key, string? mode) =>
        mode != Development
            ? new SigningKey(key)
            : throw new InvalidInputException("--key-mode dev takes no key.", "Leave one of them out.");

    /// <summary>The key for development, where that is what counts; else none.</summary>
    /// <param name="mayMake">Whether it will do.</param>
    /// <exception cref="InvalidInputException">The mode asks for a key that is named.</exception>
    public static SigningKey Unnamed(string? mode, CommandConfiguration configuration, bool mayMake)
    {
        if (mode == Production)
        {
            throw new InvalidInputException(
                "--key-mode prod needs a private key.",
                "Name its file with --private-key. " + SigningKeyText.Remedy
            );
        }

        var isDevelopment = mode == Development || !configuration.HasInstance;
        return !isDevelopment || !mayMake
            ? new SigningKey(Key: null) { IsDevelopment = mode == Development }
            : new SigningKey(DevelopmentKey.Open())
            {
                IsDevelopment = true,
                Warnings =
                [
                    $"Signed with the key for development, {DevelopmentKey.PrivatePath}. In production name one with --private-key.",
                ],
            };
    }

    /// <exception cref="InvalidInputException">There is none.</exception>
    public Ed25519PrivateKey Demand() =>
        Key
        ?? throw new InvalidInputException(
            "No private key is named: a decision without a signed trace isn't given.",
            "Name its file with --private-key."
        );
}
