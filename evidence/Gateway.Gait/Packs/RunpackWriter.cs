using System.Text.Json.Nodes;
using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Archives;

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
            members.Add(new PackMember(Runpack.ManifestName, ArtifactJson.Canonical(NewManifest.Build(recording, members, key))));
            return ArchiveWriter.Write(members);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new RunRecordingException(e.Message);
        }
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
