using Gateway.Cli.Results;
using Gateway.Evidence.Signing;

namespace Gateway.Cli.Verification;

/// <summary>What is to be proven, and with what.</summary>
/// <param name="Path">A file or folder that is there.</param>
/// <param name="Key">Whose signature counts; null where none was given.</param>
/// <param name="RequireSignature">Whether what isn't signed with the key fails.</param>
internal sealed record VerifyRequest(string Path, Ed25519PublicKey? Key, bool RequireSignature, CancellationToken CancellationToken)
{
    /// <summary>Of the instances whose journals or receipts are checked; null where none was given.</summary>
    public IReadOnlyList<Ed25519PublicKey>? Keys { get; init; }

    /// <summary>Where decisions are to be derived again too; null where they aren't.</summary>
    public DecisionReplay? Replay { get; init; }

    /// <summary>Checkpoints that were kept elsewhere, each with its file's name; empty for none.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Since { get; init; } = [];

    public static InvalidInputException NothingToReplay() =>
        new(
            "There are no decisions in it to derive again.",
            "--replay takes a journal's folder (the root, one tenant's, or one log's) or a receipt."
        );
}
