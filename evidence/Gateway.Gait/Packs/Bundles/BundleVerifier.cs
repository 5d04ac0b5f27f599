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
        var manifest = PackRecords.One(PackMember.Find(members, BundleManifest.Name), BundleManifest.Shape, runId: null);

        // The signature first: without it anybody can write a manifest that fits what he changed.
        var signatures = manifest.Objects("signatures").ToList();
        var signed = BundleManifest.Signed(manifest);
        var (status, _, problem) = SignatureCheck.Check(signatures, signed, key, requireSignature, BundleManifest.Name);
        if (problem is null)
        {
            BundleFiles.Check(manifest, members, ref files);
        }

        return new BundleVerification
        {
            Manifest = manifest,
            Problem = problem,
            FilesChecked = files,
            Signature = status,
        };
    }
}
