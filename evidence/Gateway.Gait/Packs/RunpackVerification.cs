using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs;

/// <summary>What verifying a runpack gave. The zero value is not verified.</summary>
public sealed record RunpackVerification
{
    /// <summary>Null where nothing is wrong.</summary>
    public PackProblem? Problem { get; init; }

    /// <summary>Null where the pack couldn't be read.</summary>
    public Runpack? Pack { get; init; }
    public int FilesChecked { get; init; }
    public SignatureStatus Signature { get; init; }
    public int SignaturesTotal { get; init; }
    public int SignaturesValid { get; init; }

    public bool IsGood => Problem is null && Pack is not null && Signature is not (SignatureStatus.Unknown or SignatureStatus.Failed);
}
