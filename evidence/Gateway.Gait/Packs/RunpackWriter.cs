using System.Text.Json.Nodes;
using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Archives;
using Gateway.Policy.Model;

namespace Gateway.Gait.Packs;

/// <summary>Makes runpacks. The same recording and key give the same bytes, always and everywhere.</summary>
public static class RunpackWriter
{
    /// <param name="key">Signs the manifest; null leaves the pack unsigned.</param>
    /// <exception cref="RunRecordingException">A record has no canonical form, or the pack would be too large.</exception>
    public static byte[] Write(RunRecording recording, Ed25519PrivateKey? key)
    {
        try
        {
            List<PackMember> members =
            [
                new(Runpack.IntentsName, Lines(recording.Intents)),
                new(Runpack.RefsName, ArtifactJson.Canonical(recording.Refs)),
                new(Runpack.ResultsName, Lines(recording.Results)),
                new(Runpack.RunName, ArtifactJson.Canonical(recording.Run)),
            ];
            members.Add(new PackMember(Runpack.ManifestName, ArtifactJson.Canonical(Manifest(recording, members, key))));
            return ArchiveWriter.Write(members);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new RunRecordingException(e.Message);
        }
    }

    private static JsonObject Manifest(RunRecording recording, List<PackMember> members, Ed25519PrivateKey? key)
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

    private static byte[] Lines(IReadOnlyList<JsonObject> records)
    {
        using var lines = new MemoryStream();
        foreach (var record in records)
        {
            lines.Write(ArtifactJson.Canonical(record));
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }
}
