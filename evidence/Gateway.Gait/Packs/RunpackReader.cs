using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
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
        var manifest = ReadManifest(members);
        var digest = ManifestDigests.Check(manifest);

        // 3 The files: all that it lists, as it lists them, and no other.
        ManifestFiles.Check(manifest.Objects("files"), members, Runpack.ManifestName, ref files);
        foreach (var name in Required)
        {
            _ = Find(members, name);
        }

        // 4 The records.
        var runId = manifest.Text("run_id");
        var read = new Runpack
        {
            RunId = runId,
            ManifestDigest = digest,
            Manifest = manifest,
            Members = members,
            Run = PackRecords.One(Find(members, Runpack.RunName), RunpackShapes.Run, runId),
            Refs = PackRecords.One(Find(members, Runpack.RefsName), RunpackShapes.Refs, runId),
            Intents = PackRecords.Lines(Find(members, Runpack.IntentsName), RunpackShapes.Intent, runId),
            Results = PackRecords.Lines(Find(members, Runpack.ResultsName), RunpackShapes.Result, runId),
        };
        PackRecords.DemandDistinct(read.Intents, Runpack.IntentsName);
        PackRecords.DemandDistinct(read.Results, Runpack.ResultsName);
        return read;
    }

    private static JsonObject ReadManifest(IReadOnlyList<PackMember> members) =>
        PackRecords.One(Find(members, Runpack.ManifestName), RunpackShapes.Manifest, runId: null);

    private static PackMember Find(IReadOnlyList<PackMember> members, string name) =>
        members.FirstOrDefault(member => member.Name == name)
        ?? throw new ArtifactRefusedException(ProblemCodes.MissingMember, name, "It is missing from the pack.");
}

/// <summary>What reading a runpack gave. The zero value is neither, and must be taken for a refusal.</summary>
/// <param name="FilesChecked">How many files of the manifest were found to be what it says, before anything went wrong.</param>
public sealed record RunpackReading(Runpack? Pack, ArtifactProblem? Problem, int FilesChecked)
{
    public bool TryGet([NotNullWhen(true)] out Runpack? pack) => (pack = Problem is null ? Pack : null) is not null;
}
