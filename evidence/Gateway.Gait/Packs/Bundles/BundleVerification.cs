using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs.Bundles;

/// <summary>What verifying a bundle gave. The zero value is not verified.</summary>
public sealed record BundleVerification
{
    /// <summary>Null where nothing is wrong.</summary>
    public ArtifactProblem? Problem { get; init; }

    /// <summary>Null where the bundle couldn't be read.</summary>
    public JsonObject? Manifest { get; init; }
    public int FilesChecked { get; init; }
    public SignatureStatus Signature { get; init; }

    public bool IsGood => Problem is null && Manifest is not null && Signature is not (SignatureStatus.Unknown or SignatureStatus.Failed);
}
