using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Gait.Packs;
using Gateway.Gait.Packs.Archives;
using Gateway.Gait.Packs.Bundles;

namespace Gateway.Cli.Verification;

/// <summary>A runpack, or a pack of evidence round one.</summary>
internal static class PackVerification
{
    public static bool Recognises(string path) =>
        path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) || FirstBytes.Read(path).AsSpan().StartsWith("PK"u8);

    public static CommandResult Judge(VerifyRequest request)
    {
        var bytes = ArtifactFile.Read(request.Path, PackLimits.ArchiveBytes);
        return BundleVerifier.IsBundle(bytes)
            ? BundleVerificationView.Show(request.Path, BundleVerifier.Verify(bytes, request.Key, request.RequireSignature))
            : RunpackVerificationView.Show(request.Path, RunpackVerifier.Verify(bytes, request.Key, request.RequireSignature));
    }
}
