using System.Text.Json.Nodes;
using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Archives;
using Gateway.Policy.Model;

namespace Gateway.Gait.Packs;

/// <summary>The manifest of a runpack that is being made: its files with their digests, its own digest, and the signature.</summary>
internal static class NewManifest
{
    public static JsonObject Build(RunRecording recording, List<PackMember> members, Ed25519PrivateKey? key)
    {
        var manifest = new JsonObject
        {
            ["schema_id"] = "gait.runpack.manifest",
            ["schema_version"] = ArtifactShape.Version,
            ["created_at"] = recording.Run.Text("created_at"),
            ["producer_version"] = recording.Run.Text("producer_version"),
            ["run_id"] = recording.RunId,
            ["capture_mode"] = recording.CaptureMode,
            ["files"] = new JsonArray([
                .. members.Select(member => new JsonObject
                {
                    ["path"] = member.Name,
                    ["sha256"] = Sha256Digest.Compute(member.Content.Span).ToString(),
                }),
            ]),
        };
        manifest["manifest_digest"] = ManifestDigests.Compute(manifest).ToString();
        if (key is not null)
        {
            manifest["signatures"] = new JsonArray(ArtifactSignature.Sign(ManifestDigests.Signed(manifest), key));
        }

        return manifest;
    }
}
