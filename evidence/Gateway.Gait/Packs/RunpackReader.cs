using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Archives;

namespace Gateway.Gait.Packs;

/// <summary>
/// Reads a runpack and stops at the first thing that is wrong: the ZIP file, then the manifest, then each file that it lists, then every
/// record. Nothing is repaired and nothing left over is ignored. Never throws for any bytes.
/// </summary>
public static class RunpackReader
{
    private static readonly string[] Required = [Runpack.IntentsName, Runpack.RefsName, Runpack.ResultsName, Runpack.RunName];

    public static RunpackReading Read(ReadOnlySpan<byte> pack)
    {
        var files = 0;
        try
        {
            return new RunpackReading(Read(pack, ref files), null, files);
        }
        catch (ArtifactRefusedException e)
        {
            return new RunpackReading(null, e.Problem, files);
        }
    }

    private static Runpack Read(ReadOnlySpan<byte> pack, ref int files)
    {
        // 1 The ZIP file itself.
        var members = ArchiveReader.Read(pack);

        // 2 The manifest, and that it is whole.
        var manifest = PackRecords.One(PackMember.Find(members, Runpack.ManifestName), RunShapes.Manifest, runId: null);
        var digest = ManifestDigests.Check(manifest);

        // 3 The files: all that it lists, as it lists them, and no other.
        ManifestFiles.Check(manifest.Objects("files"), members, Runpack.ManifestName, ref files);
        foreach (var name in Required)
        {
            _ = PackMember.Find(members, name);
        }

        // 4 The records.
        var runId = manifest.Text("run_id");
        var read = new Runpack
        {
            RunId = runId,
            ManifestDigest = digest,
            Manifest = manifest,
            Members = members,
            Run = PackRecords.One(PackMember.Find(members, Runpack.RunName), RunShapes.Run, runId),
            Refs = PackRecords.One(PackMember.Find(members, Runpack.RefsName), RunpackShapes.Refs, runId),
            Intents = PackRecords.Lines(PackMember.Find(members, Runpack.IntentsName), RunpackShapes.Intent, runId),
            Results = PackRecords.Lines(PackMember.Find(members, Runpack.ResultsName), RunpackShapes.Result, runId),
        };
        PackRecords.DemandDistinct(read.Intents, Runpack.IntentsName);
        PackRecords.DemandDistinct(read.Results, Runpack.ResultsName);
        return read;
    }
}
