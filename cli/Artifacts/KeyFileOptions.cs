using Gateway.Cli.Results;
using Gateway.Evidence.Signing;

namespace Gateway.Cli.Artifacts;

/// <summary>A file of the public keys that journals are signed with.</summary>
internal static class KeyFileOptions
{
    private const int MaxBytes = 1 << 20;

    /// <returns>Null where no file is named.</returns>
    /// <exception cref="InvalidInputException">It can't be read, or holds no key.</exception>
    public static IReadOnlyList<Ed25519PublicKey>? Read(string? file) =>
        file is null
            ? null
            : PublicKeySet.Read(ArtifactFile.Read(file, MaxBytes))
                ?? throw new InvalidInputException(
                    $"There are no public keys in '{file}'.",
                    "It must be a JSON Web Key Set with Ed25519 keys, or a line of base64 for each."
                );
}
