using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;

namespace Gateway.Gait.Packs;

/// <summary>
/// A runpack manifest's own digest: over its canonical form with an empty <c>manifest_digest</c> and without signatures. The signatures are
/// over the manifest with the digest in its place.
/// </summary>
internal static class ManifestDigests
{
    private const string Field = "manifest_digest";

    public static Sha256Digest Compute(JsonObject manifest)
    {
        var empty = (JsonObject)manifest.DeepClone();
        empty.Remove("signatures");
        empty[Field] = "";
        return ArtifactJson.Digest(empty);
    }

    /// <summary>What signatures are over.</summary>
    public static Sha256Digest Signed(JsonObject manifest) => ArtifactJson.DigestWithout(manifest, "signatures");

    /// <returns>The digest, in lower-case hex.</returns>
    /// <exception cref="ArtifactRefusedException">It isn't the one that the manifest says.</exception>
    public static string Check(JsonObject manifest)
    {
        var digest = Compute(manifest).ToString();
        return manifest.Text(Field) == digest
            ? digest
            : throw new ArtifactRefusedException(
                ProblemCodes.ManifestDigest,
                Runpack.ManifestName,
                $"The manifest was changed: its digest is {digest}, and it says another."
            );
    }
}
