using System.Text.Json.Nodes;
using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Archives;

namespace Gateway.Gait.Packs.Bundles;

/// <summary>Proves a bundle of evidence offline, and the runpacks in it. Never throws for any bytes.</summary>
public static class BundleVerifier
{
    /// <summary>Whether a pack is a bundle: it has a bundle's manifest. A pack that can't be read is none.</summary>
    public static bool IsBundle(ReadOnlySpan<byte> pack)
    {
        try
        {
            return ArchiveReader.Read(pack).Any(member => member.Name == BundleManifest.Name);
        }
        catch (ArtifactRefusedException)
        {
            return false;
        }
    }

    public static BundleVerification Verify(ReadOnlySpan<byte> pack, Ed25519PublicKey? key, bool requireSignature = false)
    {
        var files = 0;
        try
        {
            return Verify(ArchiveReader.Read(pack), key, requireSignature, ref files);
        }
        catch (ArtifactRefusedException e)
        {
            return new BundleVerification { Problem = e.Problem, FilesChecked = files };
        }
    }

    private static BundleVerification Verify(IReadOnlyList<PackMember> members, Ed25519PublicKey? key, bool requireSignature, ref int files)
    {
        var found =
            members.FirstOrDefault(member => member.Name == BundleManifest.Name)
            ?? throw new ArtifactRefusedException(ProblemCodes.MissingMember, BundleManifest.Name, "It is missing from the pack.");
        var manifest = PackRecords.One(found, BundleManifest.Shape, runId: null);

        // The signature first: without it anybody can write a manifest that fits what he changed.
        var (status, _, problem) = SignatureCheck.Check(
            [.. manifest.Objects("signatures")],
            BundleManifest.Signed(manifest),
            key,
            requireSignature,
            BundleManifest.Name
        );
        if (problem is not null)
        {
            return new BundleVerification
            {
                Manifest = manifest,
                Problem = problem,
                Signature = status,
            };
        }

        ManifestFiles.Check(manifest.Objects("contents"), members, BundleManifest.Name, ref files);
        if (manifest.Text("pack_id") != BundleManifest.PackId(manifest.Text("run_id"), manifest["contents"]!))
        {
            throw new ArtifactRefusedException(
                ProblemCodes.ManifestDigest,
                BundleManifest.Name,
                "Its 'pack_id' isn't that of its contents."
            );
        }

        CheckRunpacks(members);
        return new BundleVerification
        {
            Manifest = manifest,
            FilesChecked = files,
            Signature = status,
        };
    }

    private static void CheckRunpacks(IReadOnlyList<PackMember> members)
    {
        foreach (var member in members.Where(member => member.Name.EndsWith(".zip", StringComparison.Ordinal)))
        {
            if (RunpackReader.Read(member.Content.Span).Problem is { } problem)
            {
                throw new ArtifactRefusedException(problem.Code, member.Name, $"The run's pack inside isn't whole: {problem}");
            }
        }
    }
}

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
