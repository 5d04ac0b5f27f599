using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs;

/// <summary>Proves a runpack offline. Never throws for any bytes.</summary>
public static class RunpackVerifier
{
    /// <param name="key">Whose signature counts; null checks everything but signatures.</param>
    /// <param name="requireSignature">Whether a pack without a verified signature fails.</param>
    public static RunpackVerification Verify(ReadOnlySpan<byte> pack, Ed25519PublicKey? key, bool requireSignature = false)
    {
        var reading = RunpackReader.Read(pack);
        var result = new RunpackVerification
        {
            Pack = reading.Pack,
            Problem = reading.Problem,
            FilesChecked = reading.FilesChecked,
        };
        if (!reading.TryGet(out var read))
        {
            return result;
        }

        var signatures = read.Manifest.Objects("signatures").ToList();
        return SignatureCheck.Check(signatures, ManifestDigests.Signed(read.Manifest), key, requireSignature, Runpack.ManifestName) switch
        {
            var (status, valid, problem) => result with
            {
                Signature = status,
                SignaturesTotal = signatures.Count,
                SignaturesValid = valid,
                Problem = problem,
            },
        };
    }
}

/// <summary>What verifying a runpack gave. The zero value is not verified.</summary>
public sealed record RunpackVerification
{
    /// <summary>Null where nothing is wrong.</summary>
    public ArtifactProblem? Problem { get; init; }

    /// <summary>Null where the pack couldn't be read.</summary>
    public Runpack? Pack { get; init; }
    public int FilesChecked { get; init; }
    public SignatureStatus Signature { get; init; }
    public int SignaturesTotal { get; init; }
    public int SignaturesValid { get; init; }

    public bool IsGood => Problem is null && Pack is not null && Signature is not (SignatureStatus.Unknown or SignatureStatus.Failed);
}
